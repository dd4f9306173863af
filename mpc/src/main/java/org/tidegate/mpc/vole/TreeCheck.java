package org.tidegate.mpc.vole;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.random.PublicRandom;
import org.tidegate.mpc.session.Session;

/**
 * The random linear combination of all places that both parties compare (ePrint 2020/925, Figure 7,
 * over all trees at once): χ_j uniform, from a seed that the receiver draws once the trees are
 * fixed.
 */
final class TreeCheck {
  static final int SEED_BYTES = 32;
  static final int CHALLENGE_BYTES = SEED_BYTES + Shape.BLOCK_BYTES;
  static final int ANSWER_BYTES = 32;

  private static final int PIECE = 1 << 14;
  private static final int CHUNK = 256;

  private final Session session;
  private final byte[] seed;

  TreeCheck(Session session, byte[] seed) {
    this.session = session;
    this.seed = seed;
  }

  /**
   * Both sums of a vector's places.
   *
   * @param dense Σ χ_j·v_j, a pair of words
   * @param sparse Σ χ_j·a_j, a pair of words
   */
  @SuppressWarnings("ArrayRecordComponent") // two results
  record Sums(long[] dense, long[] sparse) {}

  /**
   * Combines [0, count).
   *
   * @param vector v_j at words 2·(lead + j)
   * @param places where a is not zero, ascending
   * @param values a at those places, pairs of words
   */
  Sums combine(long[] vector, int lead, int count, int[] places, long[] values) {
    AtomicLongArray sums = new AtomicLongArray(4);
    session
        .workers()
        .forRange(
            count,
            PIECE,
            (from, to) -> {
              session.checkAlive();
              long[] piece = piece(vector, lead, from, to, places, values);
              for (int i = 0; i < piece.length; i++) {
                sums.accumulateAndGet(i, piece[i], (a, b) -> a ^ b);
              }
            });
    return new Sums(new long[] {sums.get(0), sums.get(1)}, new long[] {sums.get(2), sums.get(3)});
  }

  private long[] piece(long[] vector, int lead, int from, int to, int[] places, long[] values) {
    PublicRandom random = random(from / PIECE);
    Gf128 field = session.kernels().gf128();
    byte[] bytes = new byte[CHUNK * Shape.BLOCK_BYTES];
    long[] chiLow = new long[CHUNK];
    long[] chiHigh = new long[CHUNK];
    long[] low = new long[CHUNK];
    long[] high = new long[CHUNK];
    long[] sums = new long[4];
    int place = Arrays.binarySearch(places, from);
    place = place < 0 ? -place - 1 : place;
    for (int start = from; start < to; start += CHUNK) {
      int count = Math.min(CHUNK, to - start);
      random.nextBytes(bytes, 0, count * Shape.BLOCK_BYTES);
      for (int i = 0; i < count; i++) {
        chiLow[i] = BigEndian.readLongLittle(bytes, Shape.BLOCK_BYTES * i);
        chiHigh[i] = BigEndian.readLongLittle(bytes, Shape.BLOCK_BYTES * i + 8);
        low[i] = vector[2 * (lead + start + i)];
        high[i] = vector[2 * (lead + start + i) + 1];
      }
      field.multiply(low, high, low, high, chiLow, chiHigh, 0, count);
      for (int i = 0; i < count; i++) {
        sums[0] ^= low[i];
        sums[1] ^= high[i];
      }
      for (; place < places.length && places[place] < start + count; place++) {
        int i = places[place] - start;
        long[] product =
            product(
                new long[] {chiLow[i], chiHigh[i]},
                new long[] {values[2 * place], values[2 * place + 1]});
        sums[2] ^= product[0];
        sums[3] ^= product[1];
      }
    }
    return sums;
  }

  private PublicRandom random(int piece) {
    return new PublicRandom("vole/check/" + piece, seed);
  }

  /** a·b for two elements. */
  long[] product(long[] a, long[] b) {
    long[] low = {a[0]};
    long[] high = {a[1]};
    session
        .kernels()
        .gf128()
        .multiply(low, high, low, high, new long[] {b[0]}, new long[] {b[1]}, 0, 1);
    return new long[] {low[0], high[0]};
  }

  /** H(V). */
  byte[] answer(long[] value) {
    byte[] bytes = new byte[Shape.BLOCK_BYTES];
    BigEndian.writeLongLittle(bytes, 0, value[0]);
    BigEndian.writeLongLittle(bytes, 8, value[1]);
    byte[] answer =
        session.binding().hash("tidegate.vole.check/1").bytes(seed).bytes(bytes).finish();
    Arrays.fill(bytes, (byte) 0);
    return answer;
  }
}
