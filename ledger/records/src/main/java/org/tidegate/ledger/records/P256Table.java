package org.tidegate.ledger.records;

import java.math.BigInteger;
import java.security.spec.ECPoint;
import java.util.Arrays;

/**
 * Multiples of one point of P-256, so that a product with a scalar is additions alone: entry (i, j)
 * is j·2^(w·i)·Q for 1 &lt;= j &lt;= 2^(w−1), affine; digits of a scalar are signed. Scalars and
 * points are public; branches depend on them. Immutable.
 *
 * <p>Formulas: Jacobian coordinates (X/Z², Y/Z³), mixed addition with 8 multiplications and 3
 * squarings, as in Cohen, Miyaji, Ono, "Efficient Elliptic Curve Exponentiation Using Mixed
 * Coordinates" (1998). Infinity is Z = 0; adding a point to itself or to its inverse is told apart.
 */
final class P256Table {
  /** Limbs of a Jacobian point: X, Y, Z. */
  static final int POINT = 3 * P256Field.LIMBS;

  private static final int X = 0;
  private static final int Y = P256Field.LIMBS;
  private static final int Z = 2 * P256Field.LIMBS;
  private static final int AFFINE = 2 * P256Field.LIMBS;
  private static final int SCRATCH = 6 * P256Field.LIMBS;
  private static final int SCALAR_BITS = 256;
  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

  private final int width;
  private final int windows;
  private final long[] entries;

  /**
   * @param point on the curve, not infinity
   * @param width w, 2 to 10
   */
  P256Table(ECPoint point, int width) {
    if (!isOnCurve(point)) {
      throw new IllegalArgumentException("the point is not on P-256");
    }
    this.width = width;
    this.windows = SCALAR_BITS / width + 1;
    int perWindow = 1 << width - 1;
    entries = new long[windows * perWindow * AFFINE];
    long[] base = new long[AFFINE];
    P256Field.put(point.getAffineX(), base, X);
    P256Field.put(point.getAffineY(), base, Y);
    long[] multiples = new long[(perWindow + 1) * POINT];
    long[] scratch = new long[SCRATCH];
    for (int window = 0; window < windows; window++) {
      long[] sum = new long[POINT];
      for (int j = 0; j < perWindow; j++) {
        add(sum, base, 0, false, scratch);
        System.arraycopy(sum, 0, multiples, j * POINT, POINT);
      }
      // Twice the last is 2^w times the base: the next window's base.
      twice(sum, scratch);
      System.arraycopy(sum, 0, multiples, perWindow * POINT, POINT);
      long[] affine = toAffine(multiples, perWindow + 1);
      System.arraycopy(affine, 0, entries, window * perWindow * AFFINE, perWindow * AFFINE);
      base = Arrays.copyOfRange(affine, perWindow * AFFINE, (perWindow + 1) * AFFINE);
    }
  }

  /** Whether y² = x³ − 3x + b, with coordinates in [0, p). */
  static boolean isOnCurve(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.signum() < 0
        || y.signum() < 0
        || x.compareTo(P256Field.P) >= 0
        || y.compareTo(P256Field.P) >= 0) {
      return false;
    }
    BigInteger right =
        x.multiply(x).subtract(BigInteger.valueOf(3)).multiply(x).add(B).mod(P256Field.P);
    return y.multiply(y).mod(P256Field.P).equals(right);
  }

  /** Affine coordinates of {@code count} points, none infinity, by one inversion. */
  private static long[] toAffine(long[] points, int count) {
    long[] products = new long[count * P256Field.LIMBS];
    long[] running = new long[P256Field.LIMBS];
    P256Field.putOne(running, 0);
    for (int i = 0; i < count; i++) {
      System.arraycopy(running, 0, products, i * P256Field.LIMBS, P256Field.LIMBS);
      P256Field.multiply(running, 0, points, i * POINT + Z, running, 0);
    }
    P256Field.put(P256Field.get(running, 0).modInverse(P256Field.P), running, 0);
    long[] affine = new long[count * AFFINE];
    long[] inverse = new long[P256Field.LIMBS];
    long[] power = new long[P256Field.LIMBS];
    for (int i = count - 1; i >= 0; i--) {
      P256Field.multiply(running, 0, products, i * P256Field.LIMBS, inverse, 0);
      P256Field.multiply(running, 0, points, i * POINT + Z, running, 0);
      P256Field.square(inverse, 0, power, 0);
      P256Field.multiply(points, i * POINT + X, power, 0, affine, i * AFFINE + X);
      P256Field.multiply(power, 0, inverse, 0, power, 0);
      P256Field.multiply(points, i * POINT + Y, power, 0, affine, i * AFFINE + Y);
    }
    return affine;
  }

  /**
   * sum += scalar·Q.
   *
   * @param scalar in [0, 2^256)
   * @param sum {@link #POINT} limbs; infinity where Z = 0
   */
  void addProductVartime(BigInteger scalar, long[] sum) {
    long[] scratch = new long[SCRATCH];
    int perWindow = 1 << width - 1;
    // One word more, 0, so that a window may begin at the end or reach beyond it.
    long[] words = new long[SCALAR_BITS / 64 + 1];
    BigInteger rest = scalar;
    for (int i = 0; i < SCALAR_BITS / 64; i++) {
      words[i] = rest.longValue();
      rest = rest.shiftRight(64);
    }
    int carry = 0;
    for (int window = 0; window < windows; window++) {
      int word = window * width >>> 6;
      int shift = window * width & 63;
      long bits = words[word] >>> shift;
      if (shift + width > 64 && word + 1 < words.length) {
        bits |= words[word + 1] << 64 - shift;
      }
      int digit = ((int) bits & (1 << width) - 1) + carry;
      carry = digit > perWindow ? 1 : 0;
      digit -= carry << width;
      if (digit != 0) {
        int entry = window * perWindow + Math.abs(digit) - 1;
        add(sum, entries, entry * AFFINE, digit < 0, scratch);
      }
    }
  }

  /** p += (x, y) at {@code at} of {@code affine}, or its inverse (x, −y). */
  private static void add(long[] p, long[] affine, int at, boolean inverse, long[] s) {
    final int h = 0;
    final int r = P256Field.LIMBS;
    final int hh = 2 * P256Field.LIMBS;
    final int hhh = 3 * P256Field.LIMBS;
    final int v = 4 * P256Field.LIMBS;
    final int t = 5 * P256Field.LIMBS;
    if (P256Field.isZero(p, Z)) {
      System.arraycopy(affine, at, p, 0, AFFINE);
      if (inverse) {
        Arrays.fill(s, t, t + P256Field.LIMBS, 0);
        P256Field.subtract(s, t, p, Y, p, Y);
      }
      P256Field.putOne(p, Z);
      return;
    }
    P256Field.square(p, Z, s, t);
    P256Field.multiply(affine, at + X, s, t, s, h);
    P256Field.multiply(s, t, p, Z, s, t);
    P256Field.multiply(affine, at + Y, s, t, s, r);
    if (inverse) {
      Arrays.fill(s, t, t + P256Field.LIMBS, 0);
      P256Field.subtract(s, t, s, r, s, r);
    }
    P256Field.subtract(s, h, p, X, s, h);
    P256Field.subtract(s, r, p, Y, s, r);
    if (P256Field.isZero(s, h)) {
      if (P256Field.isZero(s, r)) {
        twice(p, s);
      } else {
        Arrays.fill(p, 0);
      }
      return;
    }
    P256Field.square(s, h, s, hh);
    P256Field.multiply(s, hh, s, h, s, hhh);
    P256Field.multiply(p, X, s, hh, s, v);
    P256Field.multiply(p, Z, s, h, p, Z);
    // X3 = r² − h³ − 2v; Y3 = r(v − X3) − Y1 h³
    P256Field.square(s, r, s, t);
    P256Field.subtract(s, t, s, hhh, s, v, p, X);
    P256Field.subtract(s, v, p, X, s, v);
    P256Field.multiply(s, r, s, v, s, v);
    P256Field.multiply(p, Y, s, hhh, s, hhh);
    P256Field.subtract(s, v, s, hhh, p, Y);
  }

  /** p = 2p: m = 3(X − Z²)(X + Z²), q = 4XY², X3 = m² − 2q, Y3 = m(q − X3) − 8Y⁴, Z3 = 2YZ. */
  private static void twice(long[] p, long[] s) {
    final int zz = 0;
    final int m = P256Field.LIMBS;
    final int yy = 2 * P256Field.LIMBS;
    final int q = 3 * P256Field.LIMBS;
    final int t = 4 * P256Field.LIMBS;
    P256Field.square(p, Z, s, zz);
    P256Field.subtract(p, X, s, zz, s, m);
    P256Field.add(p, X, s, zz, s, t);
    P256Field.multiply(s, m, s, t, s, t);
    P256Field.times(3, s, t, s, m);
    P256Field.square(p, Y, s, yy);
    P256Field.multiply(p, X, s, yy, s, q);
    P256Field.times(4, s, q, s, q);
    P256Field.multiply(p, Y, p, Z, s, t);
    P256Field.times(2, s, t, p, Z);
    P256Field.square(s, m, s, t);
    Arrays.fill(s, zz, zz + P256Field.LIMBS, 0);
    P256Field.subtract(s, t, s, zz, s, q, p, X);
    P256Field.subtract(s, q, p, X, s, q);
    P256Field.multiply(s, m, s, q, s, q);
    P256Field.square(s, yy, s, t);
    P256Field.times(8, s, t, s, t);
    P256Field.subtract(s, q, s, t, p, Y);
  }
}
