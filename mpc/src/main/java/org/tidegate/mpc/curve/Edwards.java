package org.tidegate.mpc.curve;

import static org.tidegate.mpc.field.Field25519.add;
import static org.tidegate.mpc.field.Field25519.carry;
import static org.tidegate.mpc.field.Field25519.multiply;
import static org.tidegate.mpc.field.Field25519.negateIf;
import static org.tidegate.mpc.field.Field25519.square;
import static org.tidegate.mpc.field.Field25519.subtract;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.field.Field25519;

/**
 * The curve −x² + y² = 1 + d·x²·y² over 2^255 − 19, on flat arrays. A point is 20 longs, the
 * extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, T = X·Y/Z, all tight. A <em>cached</em>
 * point is 20 longs: Y + X, Y − X, 2·Z, 2·d·T, all tight. Formulas: Hisil, Wong, Carter and Dawson
 * (ASIACRYPT 2008) with a = −1; they are complete, so nothing is a special case.
 *
 * <p>An object holds the scratch space of one thread. No branch and no index depends on a point or
 * a scalar.
 */
final class Edwards {
  static final int POINT = 20;
  static final int X = 0;
  static final int Y = 5;
  static final int Z = 10;
  static final int T = 15;

  /** d = −121665/121666. */
  static final BigInteger D =
      BigInteger.valueOf(-121_665)
          .multiply(BigInteger.valueOf(121_666).modInverse(Field25519.P))
          .mod(Field25519.P);

  private static final int WINDOWS = 64;
  private static final int TABLE = 8;
  private static final long[] TWO_D = new long[5];

  static {
    Field25519.set(TWO_D, 0, D.shiftLeft(1));
  }

  private final long[] t = new long[50];
  private final long[] table = new long[TABLE * POINT];
  private final long[] chosen = new long[POINT];
  private final int[] digits = new int[WINDOWS];

  /** r = the neutral element. */
  static void setNeutral(long[] r, int ro) {
    Arrays.fill(r, ro, ro + POINT, 0);
    r[ro + Y] = 1;
    r[ro + Z] = 1;
  }

  /** r = 2·p; without T if {@code withT} is false. The result may be the operand. */
  void twice(long[] r, int ro, long[] p, int po, boolean withT) {
    square(t, 0, p, po + X); // A
    square(t, 5, p, po + Y); // B
    square(t, 10, p, po + Z);
    add(t, 10, t, 10, t, 10); // C = 2·Z²
    add(t, 15, p, po + X, p, po + Y);
    square(t, 15, t, 15);
    add(t, 20, t, 0, t, 5); // H = A + B
    subtract(t, 25, t, 20, t, 15); // E = H − (X + Y)²
    subtract(t, 30, t, 0, t, 5); // G = A − B
    add(t, 35, t, 10, t, 30); // F = C + G
    multiply(r, ro + X, t, 25, t, 35);
    multiply(r, ro + Y, t, 30, t, 20);
    multiply(r, ro + Z, t, 35, t, 30);
    if (withT) {
      multiply(r, ro + T, t, 25, t, 20);
    }
  }

  /** r = p + q for a cached q; without T if {@code withT} is false. */
  void plus(long[] r, int ro, long[] p, int po, long[] q, int qo, boolean withT) {
    subtract(t, 0, p, po + Y, p, po + X);
    multiply(t, 0, t, 0, q, qo + 5); // A = (Y1 − X1)·(Y2 − X2)
    add(t, 5, p, po + Y, p, po + X);
    multiply(t, 5, t, 5, q, qo); // B = (Y1 + X1)·(Y2 + X2)
    multiply(t, 10, p, po + T, q, qo + 15); // C = T1·2d·T2
    multiply(t, 15, p, po + Z, q, qo + 10); // D = Z1·2·Z2
    subtract(t, 20, t, 5, t, 0); // E = B − A
    subtract(t, 25, t, 15, t, 10); // F = D − C
    add(t, 30, t, 15, t, 10); // G = D + C
    add(t, 35, t, 5, t, 0); // H = B + A
    multiply(r, ro + X, t, 20, t, 25);
    multiply(r, ro + Y, t, 30, t, 35);
    multiply(r, ro + Z, t, 25, t, 30);
    if (withT) {
      multiply(r, ro + T, t, 20, t, 35);
    }
  }

  /** p = −p. */
  static void negate(long[] p, int po) {
    negateIf(p, po + X, 1);
    negateIf(p, po + T, 1);
  }

  /** r = the cached form of p. */
  static void cache(long[] r, int ro, long[] p, int po) {
    add(r, ro, p, po + Y, p, po + X);
    carry(r, ro, r, ro);
    subtract(r, ro + 5, p, po + Y, p, po + X);
    carry(r, ro + 5, r, ro + 5);
    add(r, ro + 10, p, po + Z, p, po + Z);
    carry(r, ro + 10, r, ro + 10);
    multiply(r, ro + 15, p, po + T, TWO_D, 0);
  }

  /**
   * Recodes a scalar below 2^253 to 64 digits in [−8, 8]: k = Σ digit[i]·16^i.
   *
   * @param scalar 32 bytes, little-endian
   */
  void recode(byte[] scalar) {
    int carry = 0;
    for (int i = 0; i < WINDOWS; i++) {
      int nibble = (scalar[i >> 1] >>> 4 * (i & 1) & 15) + carry;
      carry = nibble + 8 >> 4;
      digits[i] = nibble - (carry << 4);
    }
    assert carry == 0 : "the scalar is not below 2^253";
  }

  /** r = k·p for the k last recoded, by fixed windows; r may be p. */
  void multiplyRecoded(long[] r, int ro, long[] p, int po) {
    cache(table, 0, p, po);
    long[] multiple = chosen;
    twice(multiple, 0, p, po, true); // 2·p
    cache(table, POINT, multiple, 0);
    for (int i = 2; i < TABLE; i++) {
      plus(multiple, 0, multiple, 0, table, 0, true); // (i + 1)·p
      cache(table, i * POINT, multiple, 0);
    }
    setNeutral(r, ro);
    for (int i = WINDOWS - 1; i >= 0; i--) {
      twice(r, ro, r, ro, false);
      twice(r, ro, r, ro, false);
      twice(r, ro, r, ro, false);
      twice(r, ro, r, ro, true);
      choose(table, 0, digits[i]);
      plus(r, ro, r, ro, chosen, 0, i == 0);
    }
  }

  /** Longs of a table of {@link #tabulate}. */
  static int tableLongs() {
    return WINDOWS * TABLE * POINT;
  }

  /** For a point that is multiplied often: {1, …, 8}·16^i·p for each digit i, cached. */
  void tabulate(long[] tables, long[] p, int po) {
    long[] base = new long[2 * POINT];
    System.arraycopy(p, po, base, 0, POINT);
    for (int i = 0; i < WINDOWS; i++) {
      int at = i * TABLE * POINT;
      cache(tables, at, base, 0);
      System.arraycopy(base, 0, base, POINT, POINT);
      for (int j = 1; j < TABLE; j++) {
        plus(base, POINT, base, POINT, tables, at, true);
        cache(tables, at + j * POINT, base, POINT);
      }
      twice(base, 0, base, POINT, true); // 16 = 2·8
    }
  }

  /** r = k·p for the k last recoded and the p of the tables. */
  void multiplyTabulated(long[] r, int ro, long[] tables) {
    setNeutral(r, ro);
    for (int i = 0; i < WINDOWS; i++) {
      choose(tables, i * TABLE * POINT, digits[i]);
      plus(r, ro, r, ro, chosen, 0, true);
    }
  }

  // chosen = |digit|·p, negated for a negative digit; reads the whole table of eight.
  private void choose(long[] table, int at, int digit) {
    int sign = digit >> 31;
    int magnitude = (digit ^ sign) - sign;
    // The cached neutral element is (1, 1, 2, 0).
    long none = isSame(magnitude, 0);
    Arrays.fill(chosen, 0);
    chosen[0] = none;
    chosen[5] = none;
    chosen[10] = none << 1;
    for (int i = 0; i < TABLE; i++) {
      long mask = -isSame(magnitude, i + 1);
      int from = at + i * POINT;
      for (int j = 0; j < POINT; j++) {
        chosen[j] |= mask & table[from + j];
      }
    }
    // −(x, y) = (−x, y): swaps Y + X and Y − X, negates T.
    long swap = sign;
    for (int j = 0; j < 5; j++) {
      long difference = swap & (chosen[j] ^ chosen[5 + j]);
      chosen[j] ^= difference;
      chosen[5 + j] ^= difference;
    }
    negateIf(chosen, 15, -swap);
  }

  private static long isSame(int a, int b) {
    long difference = (a ^ b) & 0xffff_ffffL;
    return difference - 1 >>> 63;
  }
}
