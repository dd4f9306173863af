package org.tidegate.mpc.ot.extension;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.tidegate.mpc.fixture.Flips;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * Honest runs end well, and a receiver's altered frames abort or leave the outputs right: what a
 * mutant of the checks must break. On keys as perfect base transfers would give them.
 */
public final class CheckScenario implements Runnable {
  private static final int COUNT = 300;
  private static final int PLACES = 10;

  /** See the class. */
  @Override
  public void run() {
    ExtensionParameters parameters =
        new ExtensionParameters(SecurityLevel.STANDARD, Adversary.MALICIOUS, 2);
    everyWordOfARowCounts();
    for (int party = 0; party < 2; party++) {
      Flips.each(
          party,
          PLACES,
          parties -> run(parties.deadline(Duration.ofSeconds(10)), parameters),
          (where, ends) -> {
            if (ends.first().failure() == null && ends.second().failure() == null) {
              require(where.party() == 1, "an altered challenge passes");
              require(
                  where.step().equals(ExtensionSteps.TREES)
                      || where.step().equals(ExtensionSteps.CORRECTIONS),
                  "an altered " + where.step() + " passes");
              requireEquation(ends);
            }
          });
    }
  }

  private static void everyWordOfARowCounts() {
    int words = 8;
    LinearHash hash = new LinearHash(new Gf128Scalar(), new byte[32], new byte[32], 0, words);
    Set<String> seen = new HashSet<>();
    for (int changed = 0; changed <= words; changed++) {
      long[] rows = new Random(3).longs(words + 1).toArray();
      if (changed < words) {
        rows[changed + 1] ^= 1L << 7 * changed;
      }
      byte[] out = new byte[LinearHash.HASH_BYTES];
      hash.hash(rows, 1, out, 0);
      seen.add(Arrays.toString(out));
    }
    require(seen.size() == words + 1, "two rows have the same hash");
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new AssertionError(otherwise);
    }
  }

  private static long[] bits() {
    return new Random(1).longs((COUNT + 63) / 64).toArray();
  }

  private static void requireEquation(TwoParties.Ends<SenderBits[], ReceiverBits[]> ends) {
    SenderBits s = ends.first().get()[0];
    long[] v = ends.second().get()[0].v();
    for (int i = 0; i < 2 * COUNT; i++) {
      long mask = -(bits()[i / 2 >> 6] >>> i / 2 & 1);
      require((s.w()[i] ^ v[i]) == (s.delta()[i & 1] & mask), "w = v + u·Δ fails");
    }
  }

  private static TwoParties.Ends<SenderBits[], ReceiverBits[]> run(
      TwoParties parties, ExtensionParameters parameters) {
    Random random = new Random(2);
    long[] deltas = {random.nextLong(), random.nextLong()};
    byte[] both = new byte[32 * 128];
    random.nextBytes(both);
    byte[] chosen = new byte[16 * 128];
    for (int i = 0; i < 128; i++) {
      int choice = (int) (~deltas[i >> 6] >>> i & 1);
      System.arraycopy(both, 32 * i + 16 * choice, chosen, 16 * i, 16);
    }
    int[] counts = {COUNT};
    var ends =
        parties.run(
            session -> new BitVoleSender(session, parameters, "test", counts, deltas, chosen).run(),
            session -> new BitVoleReceiver(session, parameters, "test", counts, both).run(bits()));
    return ends;
  }
}
