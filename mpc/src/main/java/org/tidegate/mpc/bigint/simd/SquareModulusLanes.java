package org.tidegate.mpc.bigint.simd;

import java.math.BigInteger;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/** {@link SquareModulusKernel} in vector lanes. No state. */
public final class SquareModulusLanes implements SquareModulusKernel {
  private final Montgomery montgomery;

  /** Runs on the given lanes. */
  public SquareModulusLanes(Montgomery montgomery) {
    this.montgomery = montgomery;
  }

  @Override
  public FixedBase fixedBase(
      BigInteger root, BigInteger base, int exponentBits, int expectedPowers) {
    return new FixedBaseLanes(montgomery, root, base, exponentBits, expectedPowers);
  }

  @Override
  public Products products(BigInteger root) {
    return new ProductLanes(montgomery, square(root));
  }

  private MontgomeryModulus square(BigInteger root) {
    return new MontgomeryModulus(root.multiply(root), montgomery.lanes());
  }
}
