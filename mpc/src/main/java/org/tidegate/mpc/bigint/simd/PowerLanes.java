package org.tidegate.mpc.bigint.simd;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/**
 * Powers of many bases with one exponent modulo one odd N. Immutable, so it may be shared by
 * threads.
 */
public final class PowerLanes {
  private static final int WIDEST_WINDOW = 7;

  private final Montgomery montgomery;
  private final MontgomeryModulus modulus;
  private final BigInteger radixSquared;

  /**
   * Prepares a modulus.
   *
   * @throws IllegalArgumentException for what {@link MontgomeryModulus} refuses
   */
  public PowerLanes(Montgomery montgomery, BigInteger modulus) {
    this.montgomery = montgomery;
    this.modulus = new MontgomeryModulus(modulus, montgomery.lanes());
    radixSquared = this.modulus.radix().pow(2).mod(modulus);
  }

  /**
   * Computes out[i] = bases[i] ^ exponent mod N by fixed windows. Which products are done, and
   * which entries of the table are read, depends on the exponent: for exponents that are public, or
   * secret only on a machine that is their owner's alone.
   *
   * @param exponent not negative
   * @param bases {@code count} unsigned big-endian numbers below N, of {@code width} bytes each
   * @param out {@code count} residues of {@code width} bytes each; may be {@code bases} at the same
   *     offset
   */
  public void powersVartime(
      BigInteger exponent,
      byte[] bases,
      int offset,
      byte[] out,
      int outOffset,
      int width,
      int count) {
    if (exponent.signum() < 0) {
      throw new IllegalArgumentException("an exponent must not be negative");
    }
    int lanes = montgomery.lanes();
    int residue = modulus.residue();
    int window = window(exponent.bitLength());
    double[] table = new double[residue << window];
    double[] power = new double[residue];
    double[] plainOne = new double[residue];
    Arrays.fill(plainOne, 0, lanes, 1);
    double[] toMontgomery = new double[residue];
    for (int lane = 0; lane < lanes; lane++) {
      modulus.load(toMontgomery, 0, lane, radixSquared);
    }
    long[] columns = new long[modulus.scratch()];
    for (int start = 0; start < count; start += lanes) {
      int group = Math.min(lanes, count - start);
      for (int lane = 0; lane < lanes; lane++) {
        int row = start + Math.min(lane, group - 1);
        modulus.load(table, residue, lane, bases, offset + row * width, width);
      }
      montgomery.multiply(table, 0, plainOne, 0, toMontgomery, 0, modulus, columns);
      montgomery.multiply(table, residue, table, residue, toMontgomery, 0, modulus, columns);
      for (int d = 2; d < 1 << window; d++) {
        int at = d * residue;
        montgomery.multiply(table, at, table, at - residue, table, residue, modulus, columns);
      }
      raise(power, exponent, window, table, columns);
      montgomery.multiply(power, 0, power, 0, plainOne, 0, modulus, columns);
      for (int lane = 0; lane < group; lane++) {
        modulus.store(power, 0, lane, out, outOffset + (start + lane) * width, width);
      }
    }
  }

  private void raise(
      double[] power, BigInteger exponent, int window, double[] table, long[] columns) {
    int residue = modulus.residue();
    int windows = (exponent.bitLength() + window - 1) / window;
    System.arraycopy(table, 0, power, 0, residue);
    for (int k = windows - 1; k >= 0; k--) {
      int digit = exponent.shiftRight(k * window).intValue() & (1 << window) - 1;
      if (k == windows - 1) {
        System.arraycopy(table, digit * residue, power, 0, residue);
        continue;
      }
      for (int i = 0; i < window; i++) {
        montgomery.multiply(power, 0, power, 0, power, 0, modulus, columns);
      }
      if (digit != 0) {
        montgomery.multiply(power, 0, power, 0, table, digit * residue, modulus, columns);
      }
    }
  }

  /** The window with the fewest products. */
  private static int window(int exponentBits) {
    int best = 1;
    for (int w = 2; w <= WIDEST_WINDOW; w++) {
      if ((1 << w) + exponentBits / w < (1 << best) + exponentBits / best) {
        best = w;
      }
    }
    return best;
  }
}
