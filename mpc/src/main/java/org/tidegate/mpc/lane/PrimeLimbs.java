package org.tidegate.mpc.lane;

import static org.tidegate.mpc.lane.SparsePrime.LIMBS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Moves integers between slots of a {@link PrimeField} and big-endian bytes. The integers are
 * plain: whoever loads multiplies by R² afterwards, and by 1 before storing. Everything runs in
 * time independent of the values.
 */
public final class PrimeLimbs {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LIMB = (1L << 51) - 1;
  private static final long MIDDLE = (1L << 51) - (1L << 19);

  private final int lanes;
  private final long[] modulus = new long[LIMBS];

  /** For slots of that many lanes. */
  public PrimeLimbs(SparsePrime prime, int lanes) {
    this.lanes = lanes;
    BigInteger p = prime.modulus();
    for (int i = 0; i < LIMBS; i++) {
      long limb = p.shiftRight(51 * i).longValue();
      modulus[i] = i < LIMBS - 1 ? limb & LIMB : limb;
    }
  }

  /**
   * Sets one lane from 32 big-endian bytes.
   *
   * @return 1 if the bytes are below p, else 0
   */
  public int load(double[] r, int ro, int lane, byte[] bytes, int offset) {
    long w3 = (long) LONGS.get(bytes, offset);
    long w2 = (long) LONGS.get(bytes, offset + 8);
    long w1 = (long) LONGS.get(bytes, offset + 16);
    long w0 = (long) LONGS.get(bytes, offset + 24);
    long x0 = w0 & LIMB;
    long x1 = (w0 >>> 51 | w1 << 13) & LIMB;
    long x2 = (w1 >>> 38 | w2 << 26) & LIMB;
    long x3 = (w2 >>> 25 | w3 << 39) & LIMB;
    long x4 = w3 >>> 12;
    // x − p is negative exactly when x < p.
    long below = x0 - modulus[0] >> 51;
    below = x1 - modulus[1] + below >> 51;
    below = x2 - modulus[2] + below >> 51;
    below = x3 - modulus[3] + below >> 51;
    below = x4 - modulus[4] + below >> 63;
    // Where the top limb is over half of p's, less p.
    long over = -(MIDDLE - x4 >>> 63);
    x0 -= over & modulus[0];
    x1 -= over & modulus[1];
    x2 -= over & modulus[2];
    x3 -= over & modulus[3];
    x4 -= over & modulus[4];
    long half = 1L << 50;
    int i = ro + lane;
    long carry = x0 + half >> 51;
    r[i] = x0 - (carry << 51);
    x1 += carry;
    carry = x1 + half >> 51;
    r[i + lanes] = x1 - (carry << 51);
    x2 += carry;
    carry = x2 + half >> 51;
    r[i + 2 * lanes] = x2 - (carry << 51);
    x3 += carry;
    carry = x3 + half >> 51;
    r[i + 3 * lanes] = x3 - (carry << 51);
    r[i + 4 * lanes] = x4 + carry;
    return (int) (below & 1);
  }

  /** Sets all lanes to the same integer in [0, p). */
  public void broadcast(double[] r, int ro, BigInteger value) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[31 - i] = value.shiftRight(8 * i).byteValue();
    }
    for (int lane = 0; lane < lanes; lane++) {
      load(r, ro, lane, bytes, 0);
    }
  }

  /** Writes one lane modulo p as 32 big-endian bytes. */
  public void store(double[] a, int ao, int lane, byte[] bytes, int offset) {
    Canonical x = canonical(a, ao, lane);
    LONGS.set(bytes, offset + 24, x.x0 | x.x1 << 51);
    LONGS.set(bytes, offset + 16, x.x1 >>> 13 | x.x2 << 38);
    LONGS.set(bytes, offset + 8, x.x2 >>> 26 | x.x3 << 25);
    LONGS.set(bytes, offset, x.x3 >>> 39 | x.x4 << 12);
  }

  /** bits[k] = 1 in the lanes that are odd modulo p, else 0. */
  public void odd(double[] bits, double[] a, int ao) {
    for (int lane = 0; lane < lanes; lane++) {
      bits[lane] = canonical(a, ao, lane).x0 & 1;
    }
  }

  /** bits[k] = 1 in the lanes that are zero modulo p, else 0. */
  public void zero(double[] bits, double[] a, int ao) {
    for (int lane = 0; lane < lanes; lane++) {
      Canonical x = canonical(a, ao, lane);
      long any = x.x0 | x.x1 | x.x2 | x.x3 | x.x4;
      bits[lane] = (any | -any) >>> 63 ^ 1;
    }
  }

  // Escape analysis removes it: the canonical limbs never reach the heap in compiled code.
  private record Canonical(long x0, long x1, long x2, long x3, long x4) {}

  /** Between −p and p: p is added to what is negative. */
  private Canonical canonical(double[] a, int ao, int lane) {
    int i = ao + lane;
    long x0 = (long) a[i];
    long x1 = (long) a[i + lanes] + (x0 >> 51);
    long x2 = (long) a[i + 2 * lanes] + (x1 >> 51);
    long x3 = (long) a[i + 3 * lanes] + (x2 >> 51);
    long x4 = (long) a[i + 4 * lanes] + (x3 >> 51);
    long negative = x4 >> 63;
    x0 = (x0 & LIMB) + (negative & modulus[0]);
    x1 = (x1 & LIMB) + (negative & modulus[1]);
    x2 = (x2 & LIMB) + (negative & modulus[2]);
    x3 = (x3 & LIMB) + (negative & modulus[3]);
    x4 += negative & modulus[4];
    x1 += x0 >> 51;
    x2 += x1 >> 51;
    x3 += x2 >> 51;
    x4 += x3 >> 51;
    return new Canonical(x0 & LIMB, x1 & LIMB, x2 & LIMB, x3 & LIMB, x4);
  }

  /** True if every limb of every lane keeps its bounds; for assertions. */
  public static boolean bounded(double[] a, int ao, int lanes) {
    for (int k = 0; k < LIMBS; k++) {
      double most = k < LIMBS - 1 ? 0x1p50 : 0x1p51;
      for (int lane = 0; lane < lanes; lane++) {
        double x = a[ao + k * lanes + lane];
        if (x != Math.rint(x) || Math.abs(x) > most) {
          throw new AssertionError("limb " + k + " of lane " + lane + " is " + x);
        }
      }
    }
    return true;
  }
}
