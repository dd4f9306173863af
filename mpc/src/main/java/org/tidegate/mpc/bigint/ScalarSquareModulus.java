package org.tidegate.mpc.bigint;

import java.math.BigInteger;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * Arithmetic modulo squares in 64-bit integer arithmetic: the reference for vector kernels.
 *
 * <p>Powers of one base use fixed windows [Brickell, Gordon, McCurley and Wilson, EUROCRYPT '92,
 * with all digits stored]: base^(d·2^(w·j)) for all digits d and positions j, so a power is one
 * product per window and no squaring.
 */
public final class ScalarSquareModulus implements SquareModulusKernel {
  private static final int MAX_WINDOW = 8;

  @Override
  public FixedBase fixedBase(
      BigInteger root, BigInteger base, int exponentBits, int expectedPowers) {
    return new Windows(new SquareModulus(root), base, exponentBits, expectedPowers);
  }

  @Override
  public Products products(BigInteger root) {
    SquareModulus modulus = new SquareModulus(root);
    return (residues, offset, stride, width, rows, from, to) -> {
      if (from == to) {
        return BigInteger.ONE.mod(modulus.square());
      }
      long[] product = new long[modulus.pairLongs()];
      long[] factor = new long[modulus.pairLongs()];
      long[] scratch = new long[modulus.scratchLongs()];
      modulus.setOne(product, 0);
      for (int i = from; i < to; i++) {
        BigInteger residue = BigEndian.readUnsigned(residues, offset + rows[i] * stride, width);
        modulus.split(factor, 0, residue);
        modulus.multiply(product, 0, product, 0, factor, 0, scratch);
      }
      // The product stands for Π residue / R^(to − from), times R.
      BigInteger correction =
          modulus.montgomeryFactor().modPow(BigInteger.valueOf(to - from - 1L), modulus.square());
      return modulus.join(product, 0).multiply(correction).mod(modulus.square());
    };
  }

  private static final class Windows implements FixedBase {
    private final SquareModulus modulus;
    private final int window;
    private final int windows;
    private final int pair;
    private final long[][] table; // per window: the digits 1, 2, …, 2^window − 1

    Windows(SquareModulus modulus, BigInteger base, int exponentBits, int expectedPowers) {
      this.modulus = modulus;
      this.window = bestWindow(exponentBits, expectedPowers);
      this.windows = (exponentBits + window - 1) / window;
      this.pair = modulus.pairLongs();
      this.table = new long[windows][((1 << window) - 1) * pair];
      long[] step = new long[pair];
      long[] scratch = new long[modulus.scratchLongs()];
      modulus.toMontgomery(step, 0, base);
      for (long[] digits : table) {
        System.arraycopy(step, 0, digits, 0, pair);
        for (int at = pair; at < digits.length; at += pair) {
          modulus.multiply(digits, at, digits, at - pair, step, 0, scratch);
        }
        modulus.multiply(step, 0, digits, digits.length - pair, step, 0, scratch);
      }
    }

    // The window for which building the table and using it take the fewest products.
    private static int bestWindow(int exponentBits, int expectedPowers) {
      int best = 1;
      double bestCost = Double.MAX_VALUE;
      for (int w = 1; w <= MAX_WINDOW; w++) {
        double windows = Math.ceil(exponentBits / (double) w);
        double cost = windows * ((1 << w) + (double) Math.max(1, expectedPowers));
        if (cost < bestCost) {
          bestCost = cost;
          best = w;
        }
      }
      return best;
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
      long[] power = new long[pair];
      long[] one = new long[pair];
      one[0] = 1; // stands for 1/R: multiplying by it leaves Montgomery's form
      long[] scratch = new long[modulus.scratchLongs()];
      for (int i = 0; i < count; i++) {
        modulus.setOne(power, 0);
        int start = offset + i * exponentBytes;
        for (int j = 0; j < windows; j++) {
          int digit = digit(exponents, start, exponentBytes, j * window);
          if (digit != 0) {
            modulus.multiply(power, 0, power, 0, table[j], (digit - 1) * pair, scratch);
          }
        }
        modulus.multiply(power, 0, power, 0, one, 0, scratch);
        BigEndian.writeUnsigned(modulus.join(power, 0), out, outOffset + i * outBytes, outBytes);
      }
    }

    // The bits [bit, bit + window) of a big-endian number.
    private int digit(byte[] exponents, int start, int bytes, int bit) {
      int low = bytes - 1 - bit / 8;
      int value = low >= 0 ? exponents[start + low] & 0xff : 0;
      if (low >= 1) {
        value |= (exponents[start + low - 1] & 0xff) << 8;
      }
      return value >>> bit % 8 & (1 << window) - 1;
    }
  }
}
