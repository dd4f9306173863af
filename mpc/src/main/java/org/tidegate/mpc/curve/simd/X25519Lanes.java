package org.tidegate.mpc.curve.simd;

import java.util.Arrays;
import org.tidegate.mpc.lane.Field25519;

/**
 * The function X25519 (RFC 7748, 5) of many u-coordinates under one scalar.
 *
 * <p>Montgomery's ladder in lanes, then one inversion per chunk and lane. Time depends on the
 * number of coordinates only. Each call works in memory of its own, so an instance may be shared by
 * threads.
 */
public final class X25519Lanes {
  /** Bytes of a scalar and of a coordinate. */
  public static final int BYTES = 32;

  /** Groups that share one inversion. */
  private static final int GROUPS = 64;

  /** (A − 2) / 4 of Curve25519. */
  private static final int A24 = 121665;

  private final Field25519 field;

  /** Runs on the given lanes. */
  public X25519Lanes(Field25519 field) {
    this.field = field;
  }

  /**
   * out[i] = X25519(scalar, in[i]).
   *
   * @param scalar 32 bytes, clamped here as the RFC says
   * @param in {@code count} coordinates of 32 bytes from {@code inOffset}; any bytes are accepted,
   *     and the top bit is ignored
   * @param out receives as many; may be {@code in} at the same offset
   * @return the first index whose result is zero, so whose input has small order, or −1
   * @throws IllegalArgumentException if the scalar has another length
   */
  public int multiply(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    if (scalar.length != BYTES) {
      throw new IllegalArgumentException(
          "a scalar of X25519 has 32 bytes, this one has " + scalar.length);
    }
    byte[] clamped = scalar.clone();
    clamped[0] &= (byte) 248;
    clamped[31] &= 127;
    clamped[31] |= 64;
    int zero = new Run(field).run(clamped, in, inOffset, out, outOffset, count);
    Arrays.fill(clamped, (byte) 0);
    return zero;
  }

  /** One call's memory; names of slots as in the RFC. */
  private static final class Run {
    private final Field25519 field;
    private final int lanes;
    private final int slot;
    private final Powers25519 powers;
    private final double[] w;
    private final int x1;
    private final int x2;
    private final int z2;
    private final int x3;
    private final int z3;
    private final int a;
    private final int b;
    private final int c;
    private final int d;
    private final int t;
    private final double[] swap;
    private final double[] xs;
    private final double[] zs;
    private final double[] prefixes;
    private final double[] zeros;

    Run(Field25519 field) {
      this.field = field;
      lanes = field.lanes();
      slot = field.slot();
      powers = new Powers25519(field);
      x1 = 0;
      x2 = slot;
      z2 = 2 * slot;
      x3 = 3 * slot;
      z3 = 4 * slot;
      a = 5 * slot;
      b = 6 * slot;
      c = 7 * slot;
      d = 8 * slot;
      t = 9 * slot;
      w = new double[10 * slot];
      swap = new double[lanes];
      xs = new double[GROUPS * slot];
      zs = new double[GROUPS * slot];
      prefixes = new double[GROUPS * slot];
      zeros = new double[GROUPS * lanes];
    }

    int run(byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
      int firstZero = -1;
      for (int start = 0; start < count; start += GROUPS * lanes) {
        int chunk = Math.min(GROUPS * lanes, count - start);
        int groups = (chunk + lanes - 1) / lanes;
        for (int g = 0; g < groups; g++) {
          Arrays.fill(w, x1, x1 + slot, 0);
          for (int lane = 0; lane < lanes && g * lanes + lane < chunk; lane++) {
            powers.limbs.load(w, x1, lane, in, inOffset + (start + g * lanes + lane) * BYTES);
          }
          ladder(scalar);
          System.arraycopy(w, x2, xs, g * slot, slot);
          powers.zeroToOne(zs, g * slot, w, z2, swap);
          System.arraycopy(swap, 0, zeros, g * lanes, lanes);
        }
        divide(groups);
        for (int i = 0; i < chunk; i++) {
          powers.limbs.store(xs, i / lanes * slot, i % lanes, out, outOffset + (start + i) * BYTES);
          if (zeros[i] != 0 && firstZero < 0) {
            firstZero = start + i;
          }
        }
      }
      return firstZero;
    }

    private void ladder(byte[] scalar) {
      Arrays.fill(w, x2, x2 + 4 * slot, 0);
      Arrays.fill(w, x2, x2 + lanes, 1);
      Arrays.fill(w, z3, z3 + lanes, 1);
      System.arraycopy(w, x1, w, x3, slot);
      int last = 0;
      for (int i = 254; i >= 0; i--) {
        int bit = scalar[i >> 3] >> (i & 7) & 1;
        Arrays.fill(swap, bit ^ last);
        last = bit;
        step();
      }
      // The lowest bits of a clamped scalar are 0: nothing is left swapped.
    }

    private void step() {
      field.swap(w, x2, w, x3, swap);
      field.swap(w, z2, w, z3, swap);
      field.sumAndDifferenceTight(w, a, b, x2, z2);
      field.sumAndDifference(w, c, d, x3, z3);
      field.multiply(w, d, w, d, w, a); // DA
      field.multiply(w, c, w, c, w, b); // CB
      field.square(w, a, w, a); // AA
      field.square(w, b, w, b); // BB
      field.sumAndDifferenceTight(w, x3, z3, d, c);
      field.square(w, x3, w, x3);
      field.square(w, z3, w, z3);
      field.multiply(w, z3, w, x1, w, z3);
      field.multiply(w, x2, w, a, w, b);
      field.subtract(w, t, w, a, w, b); // E
      field.addMultiple(w, z2, w, a, w, t, A24);
      field.multiply(w, z2, w, t, w, z2);
    }

    /** xs = xs / zs, and 0 where z was 0. */
    private void divide(int groups) {
      System.arraycopy(zs, 0, prefixes, 0, slot);
      for (int g = 1; g < groups; g++) {
        field.multiply(prefixes, g * slot, prefixes, (g - 1) * slot, zs, g * slot);
      }
      powers.invert(w, a, prefixes, (groups - 1) * slot);
      Arrays.fill(w, c, c + slot, 0);
      for (int g = groups - 1; g >= 0; g--) {
        if (g > 0) {
          field.multiply(w, b, w, a, prefixes, (g - 1) * slot);
          field.multiply(w, a, w, a, zs, g * slot);
        } else {
          System.arraycopy(w, a, w, b, slot);
        }
        field.multiply(xs, g * slot, xs, g * slot, w, b);
        System.arraycopy(zeros, g * lanes, swap, 0, lanes);
        field.select(xs, g * slot, xs, g * slot, w, c, swap);
      }
    }
  }
}
