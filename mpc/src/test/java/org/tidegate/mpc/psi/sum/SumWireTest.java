package org.tidegate.mpc.psi.sum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.channel.FrameObserver.Direction;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.psi.sum.SumRuns.Input;
import org.tidegate.mpc.psi.sum.SumRuns.Run;

/** What goes over the wire. */
final class SumWireTest {
  private static Recording record(Input input, Recipient recipient, int threads) {
    Recording recording = new Recording();
    var ends =
        new Run()
            .run(
                new TwoParties().first(recording::of).threads(threads),
                input,
                input.parameters(recipient));
    assertThat(ends.first().get().matches()).isEqualTo(2);
    return recording;
  }

  @Test
  void bytesAreTheCommittedOnesAtAnyNumberOfThreads() {
    for (Recipient recipient : Recipient.values()) {
      String golden = Golden.read("intersection-sum-" + recipient + ".txt");
      for (int threads : new int[] {1, 2, 8}) {
        assertThat(record(SumRuns.small(), recipient, threads).trace()).isEqualTo(golden);
      }
    }
    assertThat(record(SumRuns.counting(), Recipient.MATCHER, 2).trace())
        .isEqualTo(Golden.read("intersection-count-MATCHER.txt"));
  }

  @Test
  void framesHoldNoKeyNoHashOfOneAndNoValue() throws NoSuchAlgorithmException {
    Input input = SumRuns.small();
    StringBuilder wire = new StringBuilder();
    record(input, Recipient.MATCHER, 1)
        .frames()
        .forEach(f -> wire.append(HexFormat.of().formatHex(f.payload())).append('|'));
    List<String> keys = new ArrayList<>(input.matcher());
    keys.addAll(input.owner());
    for (String key : keys) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      assertThat(wire.toString()).doesNotContain(HexFormat.of().formatHex(bytes));
      for (String name : List.of("MD5", "SHA-1", "SHA-256", "SHA-512", "SHA3-256")) {
        byte[] digest = MessageDigest.getInstance(name).digest(bytes);
        assertThat(wire.toString()).doesNotContain(HexFormat.of().formatHex(digest, 0, 8));
      }
    }
    input.values().getFirst().stream()
        .filter(v -> v.bitLength() > 30)
        .forEach(v ->
            assertThat(wire.toString()).doesNotContain(HexFormat.of().formatHex(v.toByteArray())));
  }

  @Test
  void reorderingAnInputChangesNeitherShapeNorAnswerNorTheSetOfElements() {
    Input input = SumRuns.counting();
    List<String> reversed = new ArrayList<>(input.matcher());
    Collections.reverse(reversed);
    Input other = new Input(reversed, input.owner(), List.of(), 1);
    Recording one = record(input, Recipient.MATCHER, 1);
    Recording two = record(other, Recipient.MATCHER, 1);
    assertThat(two.shape()).isEqualTo(one.shape());
    assertThat(elements(two)).containsExactlyInAnyOrderElementsOf(elements(one));
  }

  private static List<String> elements(Recording recording) {
    List<String> elements = new ArrayList<>();
    for (Recording.Seen seen : recording.frames()) {
      if (seen.direction() == Direction.SENT && seen.step().equals(SumSteps.MATCHER_KEYS)) {
        for (int i = 0; i < seen.payload().length; i += 32) {
          elements.add(HexFormat.of().formatHex(seen.payload(), i, i + 32));
        }
      }
    }
    assertThat(elements).isNotEmpty();
    return elements;
  }
}
