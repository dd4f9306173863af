package org.tidegate.mpc.ot.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.fixture.Flips;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.InsecureParameterException;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.suite.KernelChoice;

@Timeout(120)
final class BitVoleTest {
  private static ExtensionParameters parameters(Adversary adversary, int fieldBits) {
    return new ExtensionParameters(SecurityLevel.STANDARD, adversary, fieldBits);
  }

  private static long[] bits(int count, int seed) {
    return new Random(seed).longs((count + 63) / 64).toArray();
  }

  private static TwoParties.Ends<SenderBits[], ReceiverBits[]> run(
      TwoParties parties, ExtensionParameters parameters, int... counts) {
    long[][] u = new long[counts.length][];
    for (int m = 0; m < counts.length; m++) {
      u[m] = bits(counts[m], m);
    }
    return parties.run(
        session -> new BitVoleSenderSetup(session, parameters, "test").connect(counts).run(),
        session -> new BitVoleReceiverSetup(session, parameters, "test").connect(counts).run(u));
  }

  /** With keys as perfect base transfers would give them. */
  private static TwoParties.Ends<SenderBits[], ReceiverBits[]> runOnKeys(
      TwoParties parties, ExtensionParameters parameters, int count) {
    Random random = new Random(count);
    long[] deltas = {random.nextLong(), random.nextLong()};
    byte[] both = new byte[32 * 128];
    random.nextBytes(both);
    byte[] chosen = new byte[16 * 128];
    for (int i = 0; i < 128; i++) {
      int choice = (int) (~deltas[i >> 6] >>> i & 1);
      System.arraycopy(both, 32 * i + 16 * choice, chosen, 16 * i, 16);
    }
    int[] counts = {count};
    return parties.run(
        session -> new BitVoleSender(session, parameters, "test", counts, deltas, chosen).run(),
        session ->
            new BitVoleReceiver(session, parameters, "test", counts, both).run(bits(count, 0)));
  }

  private static boolean holds(SenderBits s, ReceiverBits r, long[] u, int i) {
    long mask = -(u[i >> 6] >>> i & 1);
    return (s.w()[2 * i] ^ r.v()[2 * i]) == (s.delta()[0] & mask)
        && (s.w()[2 * i + 1] ^ r.v()[2 * i + 1]) == (s.delta()[1] & mask);
  }

  private static void check(TwoParties.Ends<SenderBits[], ReceiverBits[]> ends, int... counts) {
    for (int m = 0; m < counts.length; m++) {
      SenderBits s = ends.first().get()[m];
      ReceiverBits r = ends.second().get()[m];
      assertThat(s.w()).hasSize(2 * counts[m]);
      assertThat(r.v()).hasSize(2 * counts[m]);
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < counts[m]; i++) {
        if (!holds(s, r, bits(counts[m], m), i)) {
          throw new AssertionError("instance %d, bit %d".formatted(m, i));
        }
        seen.add(s.w()[2 * i]);
        seen.add(s.w()[2 * i + 1]);
      }
      assertThat(seen).hasSize(2 * counts[m]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void equationHoldsForEveryField(int fieldBits) {
    for (Adversary adversary : Adversary.values()) {
      check(run(new TwoParties(), parameters(adversary, fieldBits), 200, 1), 200, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void equationHoldsForEverySize(Adversary adversary) {
    for (int count : new int[] {1, 2, 127, 128, 129, 65_537}) {
      check(run(new TwoParties(), ExtensionParameters.of(adversary), count), count);
    }
  }

  @Test
  void instancesHaveDeltasOfTheirOwn() {
    SenderBits[] two =
        run(new TwoParties(), parameters(Adversary.MALICIOUS, 4), 3, 3).first().get();
    assertThat(two[0].delta()).isNotEqualTo(two[1].delta());
    assertThat(two[0].w()).isNotEqualTo(two[1].w());
    assertThat(two[0].toString()).isEqualTo("SenderBits[3]");
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreTheCommittedOnesAtAnyNumberOfThreadsAndOnVectors(Adversary adversary) {
    String golden = Golden.read("ot-extension-" + adversary + ".txt");
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      TwoParties parties = new TwoParties().first(recording::of).threads(threads);
      if (threads == 2) {
        parties.kernels(KernelChoice.best().kernels());
      }
      check(run(parties, ExtensionParameters.of(adversary), 300, 17), 300, 17);
      assertThat(recording.trace()).isEqualTo(golden);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void maliciousAlteredFramesAbortOrLeaveTheOutputsRight(int party) {
    ExtensionParameters parameters = parameters(Adversary.MALICIOUS, 2);
    boolean[] passed = {false};
    Flips.Report report =
        Flips.each(
            party,
            16,
            parties -> runOnKeys(parties.deadline(Duration.ofSeconds(20)), parameters, 40),
            (where, ends) -> {
              orderly(ends);
              if (ends.first().failure() == null && ends.second().failure() == null) {
                check(ends, 40);
                // Where the sender does not look: the side of a level, or the correction of a tree,
                // that its own Δ makes it ignore. It is the guess that the functionality allows.
                passed[0] = true;
                assertThat(where.party()).isEqualTo(1);
                assertThat(where.step()).isIn(ExtensionSteps.TREES, ExtensionSteps.CORRECTIONS);
              }
            });
    assertThat(report.frames()).isEqualTo(party == 0 ? 1 : 4);
    assertThat(passed[0]).isEqualTo(party == 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void semiHonestAlteredFramesLeaveNobodyHanging(int party) {
    Flips.Report report =
        Flips.each(
            party,
            9,
            parties ->
                runOnKeys(
                    parties.deadline(Duration.ofSeconds(20)),
                    ExtensionParameters.of(Adversary.SEMI_HONEST),
                    40),
            (where, ends) -> orderly(ends));
    assertThat(report.frames()).isEqualTo(party == 0 ? 0 : 2);
  }

  @Test
  void answersThatFitAnotherChoiceAreRefused() {
    // The receiver flips one of its bits in the corrections of all trees, and answers for the bits
    // before: each of the 128 rows has even odds to differ.
    var ends =
        runOnKeys(
            new TwoParties()
                .second(end ->
                    new TamperingChannel(
                        end,
                        (index, frame) -> {
                          if (!frame.step().equals(ExtensionSteps.CORRECTIONS)) {
                            return frame;
                          }
                          byte[] payload = frame.payload().clone();
                          for (int at = 0; at < payload.length; at += payload.length / 64) {
                            payload[at] ^= 1;
                          }
                          return new TamperingChannel.Frame(frame.step(), payload);
                        })),
            parameters(Adversary.MALICIOUS, 2),
            40);
    assertThat(ends.first().failure())
        .isInstanceOf(ProtocolAbortException.class)
        .hasMessage("OT extension: the receiver failed a check");
  }

  private static void orderly(TwoParties.Ends<?, ?> ends) {
    for (var end : new TwoParties.End<?>[] {ends.first(), ends.second()}) {
      if (end.failure() != null) {
        assertThat(end.failure())
            .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
      }
    }
  }

  @Test
  void parametersAreChecked() {
    assertThatThrownBy(
            () -> new ExtensionParameters(new SecurityLevel(256, 40), Adversary.MALICIOUS, 2))
        .isInstanceOf(InsecureParameterException.class);
    assertThatThrownBy(() -> parameters(Adversary.MALICIOUS, 3)).hasMessageContaining("not of 3");
    assertThat(run(new TwoParties(), parameters(Adversary.MALICIOUS, 2), 0).first().failure())
        .hasMessage("0 bits of an instance are not within 1 and 16777216");
    assertThat(parameters(Adversary.MALICIOUS, 2).digest())
        .isNotEqualTo(parameters(Adversary.MALICIOUS, 4).digest())
        .isNotEqualTo(parameters(Adversary.SEMI_HONEST, 2).digest());
  }
}
