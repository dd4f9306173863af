package org.tidegate.mpc.bigint.simd;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.bigint.SquareModulusKernel.FixedBase;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/**
 * Powers of one base modulo n², from a table of base^(d·2^(w·k)) for every window k and digit d of
 * w bits (Brickell, Gordon, McCurley and Wilson, EUROCRYPT '92, without their digit sets): a power
 * is one product per window. Immutable.
 *
 * <p>An entry is g·(1 + e·n) with g and e as long as n. The factors g are multiplied as a pair u +
 * v·n ({@link Montgomery#multiplyPair}), the logarithms e are added, since (1 + e·n)·(1 + f·n) = 1
 * + (e + f)·n modulo n²: half of the work of products modulo n².
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
   * g of entry (k, d) at (k·2^w + d)·limbs. Those of window 0 are plain, the others times R, so
   * that a product over all windows comes out plain.
   */
  private final double[] factors;

  /** e of the same entries, within ±n: 2^11 of them still add up within a long. */
  private final long[] logarithms;

  /**
   * Fills the table.
   *
   * @throws IllegalArgumentException if base and root have a common factor
   */
  FixedBaseLanes(
      Montgomery montgomery,
      BigInteger root,
      BigInteger base,
      int exponentBits,
      int expectedPowers) {
    this.montgomery = montgomery;
    this.modulus = new MontgomeryModulus(root, montgomery.lanes());
    this.exponentBits = exponentBits;
    if (!base.gcd(root).equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("the base has a factor in common with the modulus");
    }
    limbs = modulus.limbs();
    window = window(exponentBits, expectedPowers, limbs);
    windows = Math.max(1, (exponentBits + window - 1) / window);
    factors = new double[windows * limbs << window];
    logarithms = new long[factors.length];
    fill(base);
  }

  /** The window with the fewest products for table and powers together. */
  private static int window(int exponentBits, int expectedPowers, int limbs) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int w = 1; w <= WIDEST_WINDOW; w++) {
      long windows = (exponentBits + w - 1) / w;
      // Filling an entry takes ten products of the length of n, using one takes four.
      long products = windows * ((5L << w) / 2 + expectedPowers);
      long bytes = windows * limbs * (Double.BYTES + Long.BYTES) << w;
      if (products < least && bytes <= TABLE_BYTES) {
        least = products;
        best = w;
      }
    }
    return best;
  }

  /** Lane l works on window k + l: entry d + 1 is entry d times s = base^(2^(w·k)). */
  private void fill(BigInteger base) {
    int lanes = montgomery.lanes();
    BigInteger n = modulus.value();
    BigInteger square = n.multiply(n);
    BigInteger[] steps = new BigInteger[windows];
    steps[0] = base;
    for (int k = 1; k < windows; k++) {
      steps[k] = steps[k - 1].modPow(BigInteger.ONE.shiftLeft(window), square);
    }
    BigInteger[] inverses = inverses(steps, n);
    BigInteger radix = modulus.radix().mod(square);
    int residue = modulus.residue();
    double[] low = new double[residue]; // s·R = low + high·n
    double[] high = new double[residue];
    double[] inverse = new double[residue]; // R/s modulo n
    double[] u = new double[residue];
    double[] v = new double[residue];
    double[] w = new double[residue]; // R/u modulo n
    double[] cross = new double[residue];
    long[] columns = new long[modulus.scratch()];
    for (int first = 0; first < windows; first += lanes) {
      for (int lane = 0; lane < lanes; lane++) {
        int k = Math.min(first + lane, windows - 1);
        load(low, high, lane, steps[k].multiply(radix).mod(square));
        modulus.load(inverse, 0, lane, inverses[k].multiply(radix).mod(n));
        load(u, v, lane, k == 0 ? BigInteger.ONE : radix);
        modulus.load(w, 0, lane, k == 0 ? radix.mod(n) : BigInteger.ONE);
      }
      for (int d = 0; d < 1 << window; d++) {
        montgomery.multiply(cross, 0, v, 0, w, 0, modulus, columns);
        keep(first, d, u, cross);
        montgomery.multiply(cross, 0, u, 0, high, 0, modulus, columns);
        montgomery.multiplyPair(u, v, low, modulus, columns);
        add(v, cross);
        montgomery.multiply(w, 0, w, 0, inverse, 0, modulus, columns);
      }
    }
  }

  /** 1/x modulo n of each, by one inversion. */
  private static BigInteger[] inverses(BigInteger[] x, BigInteger n) {
    BigInteger[] inverses = new BigInteger[x.length];
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < x.length; i++) {
      inverses[i] = product;
      product = product.multiply(x[i]).mod(n);
    }
    BigInteger inverse = product.modInverse(n);
    for (int i = x.length - 1; i >= 0; i--) {
      inverses[i] = inverses[i].multiply(inverse).mod(n);
      inverse = inverse.multiply(x[i]).mod(n);
    }
    return inverses;
  }

  private void load(double[] u, double[] v, int lane, BigInteger value) {
    BigInteger[] parts = value.divideAndRemainder(modulus.value());
    modulus.load(u, 0, lane, parts[1]);
    modulus.load(v, 0, lane, parts[0]);
  }

  /** v += x, with limbs within the bounds again; the value stays within ±2·n. */
  private void add(double[] v, double[] x) {
    int lanes = montgomery.lanes();
    double unit = 0x1p50;
    for (int lane = 0; lane < lanes; lane++) {
      double carry = 0;
      for (int at = lane; at < v.length; at += lanes) {
        double sum = v[at] + x[at] + carry;
        carry = at + lanes < v.length ? Math.rint(sum / unit) : 0;
        v[at] = sum - carry * unit;
      }
    }
  }

  private void keep(int first, int d, double[] u, double[] e) {
    int lanes = montgomery.lanes();
    for (int lane = 0; lane < lanes && first + lane < windows; lane++) {
      int at = ((first + lane << window) + d) * limbs;
      for (int i = 0; i < limbs; i++) {
        factors[at + i] = u[i * lanes + lane];
        logarithms[at + i] = (long) e[i * lanes + lane];
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
    double[] u = new double[modulus.residue()];
    double[] v = new double[modulus.residue()];
    double[] factor = new double[modulus.residue()];
    long[] sums = new long[modulus.residue()]; // of lane l from l·limbs on
    long[] columns = new long[modulus.scratch()];
    for (int start = 0; start < count; start += lanes) {
      int group = Math.min(lanes, count - start);
      Arrays.fill(v, 0);
      Arrays.fill(sums, 0);
      for (int k = 0; k < windows; k++) {
        for (int lane = 0; lane < group; lane++) {
          int digit = digit(exponents, offset + (start + lane) * exponentBytes, exponentBytes, k);
          int at = ((k << window) + digit) * limbs;
          gather(k == 0 ? u : factor, lane, lanes, at);
          addLogarithm(sums, lane * limbs, at);
        }
        if (k > 0) {
          montgomery.multiplyPair(u, v, factor, modulus, columns);
        }
      }
      for (int lane = 0; lane < group; lane++) {
        BigEndian.writeUnsigned(
            join(u, v, lane, modulus.value(sums, lane * limbs)),
            out,
            outOffset + (start + lane) * outBytes,
            outBytes);
      }
    }
  }

  /** (u + v·n)·(1 + e·n) modulo n². */
  private BigInteger join(double[] us, double[] vs, int lane, BigInteger e) {
    BigInteger n = modulus.value();
    BigInteger u = modulus.value(us, 0, lane);
    BigInteger v = modulus.value(vs, 0, lane);
    BigInteger high = u.multiply(e).add(v).mod(n);
    BigInteger x = u.add(high.multiply(n));
    return x.signum() < 0 ? x.add(n.multiply(n)) : x;
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
      target[i * lanes + lane] = factors[from + i];
    }
  }

  private void addLogarithm(long[] sums, int to, int from) {
    for (int i = 0; i < limbs; i++) {
      sums[to + i] += logarithms[from + i];
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
