package org.tidegate.mpc.oprf.vole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.fixture.Flips;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.suite.KernelChoice;
import org.tidegate.mpc.vole.ReceiverShares;
import org.tidegate.mpc.vole.SenderShares;

/** On shares as a perfect linear evaluation would give them; that has tests of its own. */
@Timeout(120)
final class VoleOprfTest {
  private static final int OUTPUT = 16;

  private static VoleOprfParameters parameters(Adversary adversary, StoreField field) {
    return new VoleOprfParameters(
        SecurityLevel.STANDARD, adversary, LpnCode.EXPAND_CONVOLUTE_21_24, field);
  }

  private static byte[] tokens(int count) {
    byte[] tokens = new byte[count * KeyTokens.BYTES];
    new Random(11).nextBytes(tokens);
    return tokens;
  }

  /** The sender evaluates at the receiver's tokens and as many others. */
  private static TwoParties.Ends<byte[], byte[]> run(
      TwoParties parties, Adversary adversary, int count) {
    return run(parties, parameters(adversary, StoreField.GF128), count);
  }

  private static TwoParties.Ends<byte[], byte[]> run(
      TwoParties parties, VoleOprfParameters parameters, int count) {
    OkvsParameters shape = parameters.store(count);
    int size = shape.slots();
    Random random = new Random(size);
    long[] delta = {random.nextLong(), random.nextLong()};
    long[] a = random.longs(2L * size).toArray();
    long[] b = random.longs(2L * size).toArray();
    long[] c = b.clone();
    for (int i = 0; i < size; i++) {
      if (parameters.field() == StoreField.GF2) {
        a[2 * i + 1] = 0;
      }
      long[] low = {a[2 * i]};
      long[] high = {a[2 * i + 1]};
      new Gf128Scalar()
          .multiply(low, high, low, high, new long[] {delta[0]}, new long[] {delta[1]}, 0, 1);
      c[2 * i] ^= low[0];
      c[2 * i + 1] ^= high[0];
    }
    return parties.run(
        session ->
            new VoleOprfSender(session, parameters, shape, new SenderShares(delta, b))
                .run()
                .evaluate(tokens(2 * count), 2 * count, OUTPUT),
        session ->
            new VoleOprfReceiver(session, parameters, shape, new ReceiverShares(a, c))
                .evaluate(tokens(count), OUTPUT));
  }

  private static void check(TwoParties.Ends<byte[], byte[]> ends, int count) {
    byte[] everywhere = ends.first().get();
    byte[] own = ends.second().get();
    assertThat(Arrays.copyOf(everywhere, own.length)).isEqualTo(own);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 2 * count; i++) {
      seen.add(Arrays.toString(Arrays.copyOfRange(everywhere, i * OUTPUT, (i + 1) * OUTPUT)));
    }
    assertThat(seen).hasSize(2 * count);
  }

  @ParameterizedTest
  @EnumSource
  void bothHaveTheSameFunction(Adversary adversary) {
    for (int count : new int[] {1, 2, 77, 3001}) {
      check(run(new TwoParties(), adversary, count), count);
    }
  }

  @Test
  void bothHaveTheSameFunctionOfShortValues() {
    VoleOprfParameters parameters = parameters(Adversary.SEMI_HONEST, StoreField.GF2);
    for (int count : new int[] {1, 2, 77, 3001}) {
      Recording wire = new Recording();
      check(run(new TwoParties().second(wire::of), parameters, count), count);
      int bytes =
          wire.frames().stream()
              .filter(frame -> frame.step().equals(VoleOprfSteps.STORE))
              .mapToInt(frame -> frame.payload().length)
              .sum();
      assertThat(bytes).isEqualTo(8 * parameters.store(count).slots());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreTheCommittedOnesAtAnyNumberOfThreadsAndOnVectors(Adversary adversary) {
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      TwoParties parties = new TwoParties().second(recording::of).threads(threads);
      if (threads == 2) {
        parties.kernels(KernelChoice.best().kernels());
      }
      check(run(parties, adversary, 50), 50);
      assertThat(recording.trace())
          .isEqualTo(Golden.read("oprf-vole-" + adversary.text() + ".txt"));
    }
  }

  @Test
  void aSenderThatOpensAnotherMaskIsFoundOut() {
    Flips.Report report =
        Flips.each(
            0,
            6,
            parties -> run(parties.deadline(Duration.ofSeconds(20)), Adversary.MALICIOUS, 3),
            (where, ends) -> {
              assertThat(ends.second().failure())
                  .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
              if (where.at() >= 0) {
                assertThat(ends.second().failure())
                    .hasMessageContaining("another mask than it committed to");
              }
            });
    assertThat(report.frames()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void alteredStoresSpoilTheFunctionOrAbort(Adversary adversary) {
    Flips.each(
        1,
        3,
        parties -> run(parties.deadline(Duration.ofSeconds(20)), adversary, 3),
        (where, ends) -> {
          if (where.at() < 0) {
            assertThat(ends.first().failure())
                .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
          } else if (where.step().equals(VoleOprfSteps.SEED)) {
            assertThat(Arrays.copyOf(ends.first().get(), 3 * OUTPUT))
                .isNotEqualTo(ends.second().get());
          }
        });
  }

  @Test
  void runsHaveOutputsOfTheirOwn() {
    byte[] one = run(new TwoParties(), Adversary.MALICIOUS, 3).second().get();
    byte[] other = run(new TwoParties().seed(2), Adversary.MALICIOUS, 3).second().get();
    assertThat(other).isNotEqualTo(one);
  }
}
