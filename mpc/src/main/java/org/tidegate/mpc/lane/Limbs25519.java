package org.tidegate.mpc.lane;

import static org.tidegate.mpc.lane.Field25519.LIMBS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Moves elements of {@link Field25519} between slots and bytes, and asks what needs the canonical
 * form.
 *
 * <p>Bytes are 32, little-endian. Everything runs in time independent of the values.
 */
public final class Limbs25519 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LIMB = (1L << 51) - 1;
  private static final double WIDTH = 0x1p50 + 0x1p9;

  private final int lanes;

  /** For slots of that many lanes. */
  public Limbs25519(int lanes) {
    this.lanes = lanes;
  }

  /**
   * Sets one lane from 32 bytes, ignoring the top bit and reducing modulo p.
   *
   * @return 1 if the bytes (with the top bit) are below p, else 0
   */
  public int load(double[] r, int ro, int lane, byte[] bytes, int offset) {
    long b0 = (long) LONGS.get(bytes, offset);
    long b1 = (long) LONGS.get(bytes, offset + 8);
    long b2 = (long) LONGS.get(bytes, offset + 16);
    long b3 = (long) LONGS.get(bytes, offset + 24);
    long x0 = b0 & LIMB;
    long x1 = (b0 >>> 51 | b1 << 13) & LIMB;
    long x2 = (b1 >>> 38 | b2 << 26) & LIMB;
    long x3 = (b2 >>> 25 | b3 << 39) & LIMB;
    long x4 = b3 >>> 12 & LIMB;
    // x + 19 reaches 2^255 exactly when x ≥ p.
    long over = x0 + 19 >>> 51;
    over = x1 + over >>> 51;
    over = x2 + over >>> 51;
    over = x3 + over >>> 51;
    over = x4 + over >>> 51;
    int i = ro + lane;
    long half = 1L << 50;
    long c = x0 + half >> 51;
    x0 -= c << 51;
    x1 += c;
    c = x1 + half >> 51;
    r[i + lanes] = x1 - (c << 51);
    x2 += c;
    c = x2 + half >> 51;
    r[i + 2 * lanes] = x2 - (c << 51);
    x3 += c;
    c = x3 + half >> 51;
    r[i + 3 * lanes] = x3 - (c << 51);
    x4 += c;
    c = x4 + half >> 51;
    r[i + 4 * lanes] = x4 - (c << 51);
    r[i] = x0 + 19 * c;
    return (int) ((over ^ 1) & ~(b3 >>> 63) & 1);
  }

  /** Sets all lanes to the same 32 bytes. */
  public void broadcast(double[] r, int ro, byte[] bytes) {
    for (int lane = 0; lane < lanes; lane++) {
      load(r, ro, lane, bytes, 0);
    }
  }

  /** Writes the canonical 32 bytes of one lane; any width up to 4. */
  public void store(double[] a, int ao, int lane, byte[] bytes, int offset) {
    Canonical x = canonical(a, ao, lane);
    LONGS.set(bytes, offset, x.x0 | x.x1 << 51);
    LONGS.set(bytes, offset + 8, x.x1 >>> 13 | x.x2 << 38);
    LONGS.set(bytes, offset + 16, x.x2 >>> 26 | x.x3 << 25);
    LONGS.set(bytes, offset + 24, x.x3 >>> 39 | x.x4 << 12);
  }

  /** bits[k] = 1 in the lanes whose canonical value is odd ("negative" in RFC 9496), else 0. */
  public void negative(double[] bits, double[] a, int ao) {
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

  private Canonical canonical(double[] a, int ao, int lane) {
    int i = ao + lane;
    // 8·p, limb by limb, makes limbs of width up to 4 positive.
    long x0 = (long) a[i] + 8 * (LIMB - 18);
    long x1 = (long) a[i + lanes] + 8 * LIMB;
    long x2 = (long) a[i + 2 * lanes] + 8 * LIMB;
    long x3 = (long) a[i + 3 * lanes] + 8 * LIMB;
    long x4 = (long) a[i + 4 * lanes] + 8 * LIMB;
    x1 += x0 >>> 51;
    x2 += x1 >>> 51;
    x3 += x2 >>> 51;
    x4 += x3 >>> 51;
    x0 = (x0 & LIMB) + 19 * (x4 >>> 51);
    x1 &= LIMB;
    x2 &= LIMB;
    x3 &= LIMB;
    x4 &= LIMB;
    // Now below 2^255 + 2^9, so at most one p is to be taken off: when x + 19 reaches 2^255.
    long q = x0 + 19 >>> 51;
    q = x1 + q >>> 51;
    q = x2 + q >>> 51;
    q = x3 + q >>> 51;
    q = x4 + q >>> 51;
    x0 += 19 * q;
    x1 += x0 >>> 51;
    x2 += x1 >>> 51;
    x3 += x2 >>> 51;
    x4 += x3 >>> 51;
    return new Canonical(x0 & LIMB, x1 & LIMB, x2 & LIMB, x3 & LIMB, x4 & LIMB);
  }

  /** True if every lane keeps within m(a)·m(b) ≤ {@code most}; for assertions. */
  public static boolean product(double[] a, int ao, double[] b, int bo, int lanes, int most) {
    for (int lane = 0; lane < lanes; lane++) {
      double x = width(a, ao, lane, lanes);
      double y = width(b, bo, lane, lanes);
      if (x > 4 || y > 4 || x * y > most) {
        throw new AssertionError("widths " + x + " and " + y + " exceed " + most);
      }
    }
    return true;
  }

  private static double width(double[] a, int ao, int lane, int lanes) {
    double max = 0;
    for (int k = 0; k < LIMBS; k++) {
      double x = a[ao + k * lanes + lane];
      if (x != Math.rint(x)) {
        throw new AssertionError("limb " + k + " is no integer: " + x);
      }
      max = Math.max(max, Math.abs(x));
    }
    return max / WIDTH;
  }
}
