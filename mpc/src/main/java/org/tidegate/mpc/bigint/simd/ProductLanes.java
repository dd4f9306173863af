package org.tidegate.mpc.bigint.simd;

import java.math.BigInteger;
import org.tidegate.mpc.bigint.SquareModulusKernel.Products;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/** Products of residues modulo N, lane by lane, then over the lanes. Immutable. */
final class ProductLanes implements Products {
  private final Montgomery montgomery;
  private final MontgomeryModulus modulus;

  ProductLanes(Montgomery montgomery, MontgomeryModulus modulus) {
    this.montgomery = montgomery;
    this.modulus = modulus;
  }

  @Override
  public BigInteger product(
      byte[] residues, int offset, int stride, int width, int[] rows, int from, int to) {
    int lanes = montgomery.lanes();
    BigInteger n = modulus.value();
    BigInteger radix = modulus.radix().mod(n);
    double[] product = new double[modulus.residue()];
    double[] factor = new double[modulus.residue()];
    long[] columns = new long[modulus.scratch()];
    for (int lane = 0; lane < lanes; lane++) {
      modulus.load(product, 0, lane, radix);
    }
    // A lane starts at R and divides by R with each of its factors; R itself as a factor changes
    // nothing.
    for (int start = from; start < to; start += lanes) {
      for (int lane = 0; lane < lanes; lane++) {
        if (start + lane < to) {
          modulus.load(factor, 0, lane, residues, offset + rows[start + lane] * stride, width);
        } else {
          modulus.load(factor, 0, lane, radix);
        }
      }
      montgomery.multiply(product, 0, product, 0, factor, 0, modulus, columns);
    }
    BigInteger total = radix.modPow(BigInteger.valueOf((long) to - from - lanes), n);
    byte[] bytes = new byte[(n.bitLength() + 7) / 8];
    for (int lane = 0; lane < lanes; lane++) {
      modulus.store(product, 0, lane, bytes, 0, bytes.length);
      total = total.multiply(new BigInteger(1, bytes)).mod(n);
    }
    return total;
  }
}
