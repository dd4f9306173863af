package org.tidegate.mpc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.FrameObserver.Direction;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.rr22.ReceiverSetup;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.psi.rr22.SenderSetup;
import org.tidegate.mpc.security.Adversary;

/** What the planner is told of bytes is what runs, and each item's bytes keep their bound. */
final class Rr22CostTest {
  private static PackedBytes keys(int from, int count) {
    List<byte[]> keys =
        IntStream.range(from, from + count)
            .mapToObj(i -> ("key " + i).getBytes(StandardCharsets.UTF_8))
            .toList();
    return PackedBytes.of(keys);
  }

  @ParameterizedTest
  @CsvSource({"SEMI_HONEST,GF128", "SEMI_HONEST,GF2", "MALICIOUS,GF128"})
  void bytesAreThoseOfARun(Adversary adversary, StoreField field) {
    int senderRows = 3000;
    int receiverRows = 5000;
    Rr22Parameters parameters = Rr22Parameters.of(adversary, senderRows, receiverRows).with(field);
    Recording recording = new Recording();
    var ends =
        new TwoParties()
            .second(recording::of)
            .run(
                session -> {
                  new SenderSetup(session, parameters).connect(keys(0, senderRows)).run();
                  return true;
                },
                session ->
                    new ReceiverSetup(session, parameters).connect(keys(1000, receiverRows)).run());
    assertThat(ends.second().get()).hasSize(2000);
    Cost cost = Protocols.cost(parameters, senderRows, receiverRows);
    assertThat(bytes(recording, Direction.RECEIVED))
        .isBetween(cost.firstToSecondBytes() * 97 / 100, cost.firstToSecondBytes() * 103 / 100);
    assertThat(bytes(recording, Direction.SENT))
        .isBetween(cost.secondToFirstBytes() * 97 / 100, cost.secondToFirstBytes() * 103 / 100);
  }

  private static long bytes(Recording recording, Direction direction) {
    return recording.frames().stream()
        .filter(frame -> frame.direction() == direction)
        .mapToLong(frame -> frame.payload().length)
        .sum();
  }

  /** The goals for a million items, in bits an item. */
  @ParameterizedTest
  @CsvSource({"SEMI_HONEST,GF128,265", "SEMI_HONEST,GF2,195", "MALICIOUS,GF128,315"})
  void aMillionItemsKeepTheirBits(Adversary adversary, StoreField field, int most) {
    int rows = 1 << 20;
    Cost cost = Protocols.cost(Rr22Parameters.of(adversary, rows, rows).with(field), rows, rows);
    double bits = 8.0 * (cost.firstToSecondBytes() + cost.secondToFirstBytes()) / rows;
    assertThat(bits).isLessThan(most);
  }
}
