package org.tidegate.mpc.session;

import org.tidegate.mpc.bigint.ScalarSquareModulus;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.curve.ScalarRistretto;

/**
 * The kernels of a process, chosen once at start-up and passed in with each session. All choices
 * give the same bytes.
 *
 * @param ristretto scalar multiplication
 * @param squareModulus arithmetic for Paillier
 */
public record Kernels(RistrettoBatch ristretto, SquareModulusKernel squareModulus) {
  /** The reference kernels, in 64-bit integer arithmetic; they run everywhere. */
  public static Kernels scalar() {
    return new Kernels(new ScalarRistretto(), new ScalarSquareModulus());
  }
}
