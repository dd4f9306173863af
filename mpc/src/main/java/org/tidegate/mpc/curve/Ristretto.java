package org.tidegate.mpc.curve;

import static org.tidegate.mpc.curve.Edwards.POINT;
import static org.tidegate.mpc.curve.Edwards.T;
import static org.tidegate.mpc.curve.Edwards.X;
import static org.tidegate.mpc.curve.Edwards.Y;
import static org.tidegate.mpc.curve.Edwards.Z;
import static org.tidegate.mpc.field.Field25519.add;
import static org.tidegate.mpc.field.Field25519.assignIf;
import static org.tidegate.mpc.field.Field25519.carry;
import static org.tidegate.mpc.field.Field25519.copy;
import static org.tidegate.mpc.field.Field25519.decode;
import static org.tidegate.mpc.field.Field25519.isNegative;
import static org.tidegate.mpc.field.Field25519.isZero;
import static org.tidegate.mpc.field.Field25519.multiply;
import static org.tidegate.mpc.field.Field25519.negate;
import static org.tidegate.mpc.field.Field25519.negateIf;
import static org.tidegate.mpc.field.Field25519.powP58;
import static org.tidegate.mpc.field.Field25519.square;
import static org.tidegate.mpc.field.Field25519.subtract;

import java.math.BigInteger;
import org.tidegate.mpc.field.Field25519;

/**
 * Ristretto255 [RFC 9496, section 4]: decoding, the one-way map, and encoding, of one element and
 * of the doubles of many at once. Letters are the RFC's. An object holds the scratch space of one
 * thread.
 */
final class Ristretto {
  private static final long[] ONE = constant(BigInteger.ONE);
  private static final long[] D = constant(Edwards.D);
  private static final long[] SQRT_M1 =
      constant("19681161376707505956807079304988542015446066515923890162744021073123829784752");
  private static final long[] SQRT_AD_MINUS_ONE =
      constant("25063068953384623474111414158702152701244531502492656460079210482610430750235");
  private static final long[] INVSQRT_A_MINUS_D =
      constant("54469307008909316920995813868745141605393597292927456921205312896311721017578");
  private static final long[] ONE_MINUS_D_SQ =
      constant("1159843021668779879193775521855586647937357759715417654439879720876111806838");
  private static final long[] D_MINUS_ONE_SQ =
      constant("40440834346308536858101042469323190826248399146238708352240133220865137265952");

  // Per point of a batch: e, f, g, h, e·g, f·h, e·g·f·h, the product of those before it.
  private static final int STATE = 40;

  private final long[] f = new long[80];
  private final long[] pow = new long[20];
  private final long[] q = new long[25];
  private final long[] two = new long[2 * POINT];
  private final byte[] canonical = new byte[32];

  private static long[] constant(String decimal) {
    return constant(new BigInteger(decimal));
  }

  private static long[] constant(BigInteger value) {
    long[] limbs = new long[5];
    Field25519.set(limbs, 0, value);
    return limbs;
  }

  /**
   * SQRT_RATIO_M1: r = |√(u/v)| and 1 if u/v is square, r = |√(SQRT_M1·u/v)| and 0 if not.
   *
   * @param r five limbs at {@code ro}, which must not be u or v
   */
  private long sqrtRatio(long[] r, int ro, long[] u, int uo, long[] v, int vo) {
    square(q, 0, v, vo);
    multiply(q, 0, q, 0, v, vo); // v³
    square(q, 5, q, 0);
    multiply(q, 5, q, 5, v, vo); // v⁷
    multiply(q, 5, q, 5, u, uo); // u·v⁷
    powP58(q, 5, q, 5, pow, 0);
    multiply(r, ro, q, 0, u, uo);
    multiply(r, ro, r, ro, q, 5); // r = u·v³·(u·v⁷)^((p − 5)/8)
    square(q, 0, r, ro);
    multiply(q, 0, q, 0, v, vo); // check = v·r²
    carry(q, 5, u, uo);
    subtract(q, 10, q, 0, q, 5);
    long correct = isZero(q, 10);
    add(q, 10, q, 0, q, 5);
    long flipped = isZero(q, 10);
    multiply(q, 15, q, 5, SQRT_M1, 0);
    add(q, 10, q, 0, q, 15);
    long flippedI = isZero(q, 10);
    multiply(q, 10, r, ro, SQRT_M1, 0);
    assignIf(r, ro, q, 10, flipped | flippedI);
    negateIf(r, ro, isNegative(r, ro));
    return correct | flipped;
  }

  /**
   * Decodes an element [4.3.1].
   *
   * @return 1, or 0 if the bytes are no canonical encoding or encode the identity; p is of no use
   *     then
   */
  long decodeNonIdentity(long[] p, int po, byte[] in, int offset) {
    decode(f, 0, in, offset); // s
    copy(f, 5, f, 0);
    Field25519.encode(canonical, 0, f, 5);
    int difference = 0;
    int any = 0;
    for (int i = 0; i < 32; i++) {
      difference |= (canonical[i] ^ in[offset + i]) & 0xff;
      any |= in[offset + i] & 0xff;
    }
    long good = (difference - 1 >>> 31) & 1 & (in[offset] & 1 ^ 1) & (any - 1 >>> 31 ^ 1);
    square(f, 5, f, 0); // ss
    subtract(f, 10, ONE, 0, f, 5); // u1 = 1 − ss
    add(f, 15, ONE, 0, f, 5); // u2 = 1 + ss
    square(f, 20, f, 15); // u2²
    square(f, 25, f, 10);
    multiply(f, 25, f, 25, D, 0);
    negate(f, 25, f, 25);
    subtract(f, 25, f, 25, f, 20);
    carry(f, 25, f, 25); // v = −D·u1² − u2²
    multiply(f, 30, f, 25, f, 20);
    long wasSquare = sqrtRatio(f, 35, ONE, 0, f, 30); // invsqrt
    multiply(f, 40, f, 35, f, 15); // den_x
    multiply(f, 45, f, 35, f, 40);
    multiply(f, 45, f, 45, f, 25); // den_y
    multiply(f, 50, f, 0, f, 40);
    add(f, 50, f, 50, f, 50);
    carry(f, 50, f, 50);
    negateIf(f, 50, isNegative(f, 50)); // x = |2·s·den_x|
    copy(p, po + X, f, 50);
    multiply(p, po + Y, f, 10, f, 45); // y = u1·den_y
    copy(p, po + Z, ONE, 0);
    multiply(p, po + T, p, po + X, p, po + Y);
    long negativeT = isNegative(p, po + T);
    return good & wasSquare & (negativeT ^ 1) & (isZero(p, po + Y) ^ 1);
  }

  /** Encodes an element [4.3.2]: the reference for the batch below. */
  void encode(byte[] out, int offset, long[] p, int po) {
    add(f, 0, p, po + Z, p, po + Y);
    subtract(f, 5, p, po + Z, p, po + Y);
    multiply(f, 0, f, 0, f, 5); // u1 = (Z + Y)·(Z − Y)
    multiply(f, 5, p, po + X, p, po + Y); // u2 = X·Y
    square(f, 10, f, 5);
    multiply(f, 10, f, 10, f, 0);
    long ignored = sqrtRatio(f, 15, ONE, 0, f, 10); // invsqrt = 1/√(u1·u2²); always a square
    assert ignored == 1 || isZero(f, 10) == 1;
    multiply(f, 20, f, 15, f, 0); // den1
    multiply(f, 25, f, 15, f, 5); // den2
    multiply(f, 30, f, 20, f, 25);
    multiply(f, 30, f, 30, p, po + T); // z_inv
    multiply(f, 35, p, po + X, SQRT_M1, 0); // ix0
    multiply(f, 40, p, po + Y, SQRT_M1, 0); // iy0
    multiply(f, 45, f, 20, INVSQRT_A_MINUS_D, 0); // enchanted denominator
    multiply(f, 50, p, po + T, f, 30);
    long rotate = isNegative(f, 50);
    copy(f, 55, p, po + X);
    copy(f, 60, p, po + Y);
    assignIf(f, 55, f, 40, rotate); // x
    assignIf(f, 60, f, 35, rotate); // y
    assignIf(f, 25, f, 45, rotate); // den_inv
    multiply(f, 50, f, 55, f, 30);
    negateIf(f, 60, isNegative(f, 50));
    subtract(f, 65, p, po + Z, f, 60);
    multiply(f, 65, f, 65, f, 25);
    negateIf(f, 65, isNegative(f, 65)); // s = |den_inv·(z − y)|
    Field25519.encode(out, offset, f, 65);
  }

  /** The one-way map of 64 uniform bytes [4.3.4]. */
  void map(long[] p, int po, byte[] uniform, int offset, Edwards edwards) {
    mapHalf(two, 0, uniform, offset);
    mapHalf(p, po, uniform, offset + 32);
    Edwards.cache(two, POINT, two, 0);
    edwards.plus(p, po, p, po, two, POINT, true);
  }

  // MAP(t).
  private void mapHalf(long[] p, int po, byte[] in, int offset) {
    decode(f, 0, in, offset); // t
    square(f, 5, f, 0);
    multiply(f, 5, f, 5, SQRT_M1, 0); // r = SQRT_M1·t²
    add(f, 10, f, 5, ONE, 0);
    multiply(f, 10, f, 10, ONE_MINUS_D_SQ, 0); // u = (r + 1)·ONE_MINUS_D_SQ
    multiply(f, 15, f, 5, D, 0);
    add(f, 15, f, 15, ONE, 0);
    carry(f, 15, f, 15);
    negate(f, 15, f, 15);
    add(f, 20, f, 5, D, 0);
    multiply(f, 15, f, 15, f, 20); // v = (−1 − r·D)·(r + D)
    long wasSquare = sqrtRatio(f, 25, f, 10, f, 15); // s
    multiply(f, 30, f, 25, f, 0);
    negateIf(f, 30, isNegative(f, 30) ^ 1); // s' = −|s·t|
    assignIf(f, 25, f, 30, wasSquare ^ 1);
    negate(f, 35, ONE, 0);
    assignIf(f, 35, f, 5, wasSquare ^ 1); // c
    subtract(f, 40, f, 5, ONE, 0);
    multiply(f, 40, f, 40, f, 35);
    multiply(f, 40, f, 40, D_MINUS_ONE_SQ, 0);
    subtract(f, 40, f, 40, f, 15); // N = c·(r − 1)·D_MINUS_ONE_SQ − v
    add(f, 45, f, 25, f, 25);
    multiply(f, 45, f, 45, f, 15); // w0 = 2·s·v
    multiply(f, 50, f, 40, SQRT_AD_MINUS_ONE, 0); // w1
    square(f, 55, f, 25);
    subtract(f, 60, ONE, 0, f, 55); // w2 = 1 − s²
    add(f, 55, f, 55, ONE, 0); // w3 = 1 + s²
    multiply(p, po + X, f, 45, f, 55);
    multiply(p, po + Y, f, 60, f, 50);
    multiply(p, po + Z, f, 50, f, 55);
    multiply(p, po + T, f, 45, f, 60);
  }

  /** How many longs {@link #encodeTwice} needs for {@code count} points. */
  static int encodeScratch(int count) {
    return STATE * count;
  }

  /**
   * Encodes 2·p for many p with one inversion for all, by Montgomery's trick. The double of (X : Y
   * : Z : T) has x = e/f and y = g/h with e = 2·X·Y, f = Z² + d·T², g = Y² + X², h = Z² − d·T², so
   * the encoding of 2·p needs inverses of products of these only, and no square root: the encoding
   * of RFC 9496 divides by the square root of (Z² − Y²)·X²·Y², which doubling makes a square of
   * known root. The identity is encoded as zeros.
   *
   * @param work {@link #encodeScratch} longs
   */
  void encodeTwice(byte[] out, int offset, long[] points, int count, long[] work) {
    copy(f, 70, ONE, 0); // product so far
    for (int i = 0; i < count; i++) {
      int p = i * POINT;
      int s = i * STATE;
      square(f, 0, points, p + X);
      square(f, 5, points, p + Y);
      square(f, 10, points, p + Z);
      square(f, 15, points, p + T);
      multiply(f, 15, f, 15, D, 0);
      multiply(f, 20, points, p + X, points, p + Y);
      add(f, 20, f, 20, f, 20);
      carry(work, s, f, 20); // e
      add(f, 20, f, 10, f, 15);
      carry(work, s + 5, f, 20); // f
      add(f, 20, f, 5, f, 0);
      carry(work, s + 10, f, 20); // g
      subtract(f, 20, f, 10, f, 15);
      carry(work, s + 15, f, 20); // h
      multiply(work, s + 20, work, s, work, s + 10); // e·g
      multiply(work, s + 25, work, s + 5, work, s + 15); // f·h
      multiply(work, s + 30, work, s + 20, work, s + 25);
      // Zero only for the identity: one stands in, so that the others stay right.
      copy(f, 20, work, s + 30);
      assignIf(work, s + 30, ONE, 0, isZero(f, 20));
      copy(work, s + 35, f, 70);
      multiply(f, 70, f, 70, work, s + 30);
    }
    Field25519.invert(f, 75, f, 70, pow, 0);
    for (int i = count - 1; i >= 0; i--) {
      int s = i * STATE;
      multiply(f, 0, f, 75, work, s + 35); // 1/(e·g·f·h)
      multiply(f, 75, f, 75, work, s + 30);
      copy(f, 70, work, s + 20);
      long identity = isZero(f, 70);
      multiply(f, 5, work, s + 20, f, 0); // 1/(f·h) = 1/Z
      multiply(f, 10, work, s + 25, f, 0); // 1/(e·g) = 1/T
      multiply(f, 15, work, s + 20, f, 5); // T/Z
      long rotate = isNegative(f, 15);
      negate(f, 20, work, s); // −e
      multiply(f, 25, work, s + 5, SQRT_M1, 0); // i·f
      copy(f, 30, work, s); // e
      copy(f, 35, work, s + 10); // g
      copy(f, 40, work, s + 15); // h
      copy(f, 45, INVSQRT_A_MINUS_D, 0); // magic
      assignIf(f, 30, f, 35, rotate);
      assignIf(f, 35, f, 20, rotate);
      assignIf(f, 40, f, 25, rotate);
      assignIf(f, 45, SQRT_M1, 0, rotate);
      multiply(f, 50, f, 40, f, 30);
      multiply(f, 50, f, 50, f, 5);
      negateIf(f, 35, isNegative(f, 50));
      subtract(f, 55, f, 40, f, 35); // h − g
      multiply(f, 60, f, 35, f, 10); // g/T
      multiply(f, 60, f, 60, f, 45);
      multiply(f, 55, f, 55, f, 60);
      negateIf(f, 55, isNegative(f, 55));
      Field25519.encode(out, offset + 32 * i, f, 55);
      byte keep = (byte) (identity - 1);
      for (int j = 0; j < 32; j++) {
        out[offset + 32 * i + j] &= keep;
      }
    }
  }
}
