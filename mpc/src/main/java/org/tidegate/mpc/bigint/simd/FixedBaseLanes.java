package org.tidegate.mpc.bigint.simd;

import java.math.BigInteger;
import org.tidegate.mpc.bigint.SquareModulusKernel.FixedBase;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/**
 * Powers of one base, modulo N, from a table of base^(d·2^(w·k)) for every window k and digit d of
 * w bits (Brickell, Gordon, McCurley and Wilson, EUROCRYPT '92, without their digit sets): a power
 * is one product per window. Immutable.
 */
final class FixedBaseLanes implements FixedBase {
  private static final int WIDEST_WINDOW = 8;
  private static final long TABLE_BYTES = 32L << 20;

  private final Montgomery montgomery;
  private final MontgomeryModulus modulus;
  private final int limbs;
  private final int window;
  private final int windows;
  private final int exponentBits;

  /**
   * Entry (k, d) at (k·2^w + d)·limbs. Those of window 0 are plain, the others times R, so that a
   * product over all windows comes out plain.
   */
  private final double[] table;

  FixedBaseLanes(
      Montgomery montgomery,
      MontgomeryModulus modulus,
      BigInteger base,
      int exponentBits,
      int expectedPowers) {
    this.montgomery = montgomery;
    this.modulus = modulus;
    this.exponentBits = exponentBits;
    limbs = modulus.limbs();
    window = window(exponentBits, expectedPowers, limbs);
    windows = Math.max(1, (exponentBits + window - 1) / window);
    table = new double[windows * limbs << window];
    fill(base);
  }

  /** The window with the fewest products for table and powers together. */
  private static int window(int exponentBits, int expectedPowers, int limbs) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int w = 1; w <= WIDEST_WINDOW; w++) {
      long windows = (exponentBits + w - 1) / w;
      long products = windows * ((1L << w) + expectedPowers);
      if (products < least && (windows * limbs * Double.BYTES << w) <= TABLE_BYTES) {
        least = products;
        best = w;
      }
    }
    return best;
  }

  /** Lane l works on window k + l: entry d + 1 is entry d times base^(2^(w·k)). */
  private void fill(BigInteger base) {
    int lanes = montgomery.lanes();
    BigInteger n = modulus.value();
    BigInteger[] bases = new BigInteger[windows];
    bases[0] = base;
    for (int k = 1; k < windows; k++) {
      bases[k] = bases[k - 1].modPow(BigInteger.ONE.shiftLeft(window), n);
    }
    double[] step = new double[modulus.residue()];
    double[] entry = new double[modulus.residue()];
    long[] columns = new long[modulus.residue()];
    BigInteger radix = modulus.radix().mod(n);
    for (int k = 0; k < windows; k += lanes) {
      for (int lane = 0; lane < lanes; lane++) {
        int at = Math.min(k + lane, windows - 1);
        modulus.load(step, 0, lane, bases[at].multiply(radix).mod(n));
        modulus.load(entry, 0, lane, at == 0 ? BigInteger.ONE : radix);
      }
      for (int d = 0; d < 1 << window; d++) {
        for (int lane = 0; lane < lanes && k + lane < windows; lane++) {
          int at = ((k + lane << window) + d) * limbs;
          for (int i = 0; i < limbs; i++) {
            table[at + i] = entry[i * lanes + lane];
          }
        }
        montgomery.multiply(entry, 0, entry, 0, step, 0, modulus, columns);
      }
    }
  }

  @Override
  public void powersVartime(
      byte[] exponents,
      int offset,
      int exponentBytes,
      byte[] out,
      int outOffset,
      int outBytes,
      int count) {
    for (int i = 0; i < count; i++) {
      requireShort(exponents, offset + i * exponentBytes, exponentBytes);
    }
    int lanes = montgomery.lanes();
    double[] power = new double[modulus.residue()];
    double[] factor = new double[modulus.residue()];
    long[] columns = new long[modulus.residue()];
    for (int start = 0; start < count; start += lanes) {
      int group = Math.min(lanes, count - start);
      for (int k = 0; k < windows; k++) {
        double[] target = k == 0 ? power : factor;
        for (int lane = 0; lane < group; lane++) {
          int digit = digit(exponents, offset + (start + lane) * exponentBytes, exponentBytes, k);
          gather(target, lane, lanes, ((k << window) + digit) * limbs);
        }
        if (k > 0) {
          montgomery.multiply(power, 0, power, 0, factor, 0, modulus, columns);
        }
      }
      for (int lane = 0; lane < group; lane++) {
        modulus.store(power, 0, lane, out, outOffset + (start + lane) * outBytes, outBytes);
      }
    }
  }

  private void requireShort(byte[] exponents, int offset, int length) {
    int excess = 0;
    for (int k = 0; k < length; k++) {
      int bitsBelow = 8 * (length - 1 - k);
      int allowed = Math.clamp(exponentBits - bitsBelow, 0, 8);
      excess |= (exponents[offset + k] & 0xff) >>> allowed;
    }
    if (excess != 0) {
      throw new IllegalArgumentException(
          "an exponent is longer than the " + exponentBits + " bits prepared for");
    }
  }

  private void gather(double[] target, int lane, int lanes, int from) {
    for (int i = 0; i < limbs; i++) {
      target[i * lanes + lane] = table[from + i];
    }
  }

  private int digit(byte[] exponents, int offset, int length, int k) {
    int bit = k * window;
    int last = length - 1 - (bit >> 3);
    if (last < 0) {
      return 0;
    }
    int low = exponents[offset + last] & 0xff;
    int high = last > 0 ? exponents[offset + last - 1] & 0xff : 0;
    return (high << 8 | low) >>> (bit & 7) & (1 << window) - 1;
  }
}
