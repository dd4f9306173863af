package org.tidegate.mpc.session;

import org.tidegate.mpc.bigint.ScalarSquareModulus;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.curve.ScalarRistretto;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.ScalarSha256;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.lane.BitTransposeScalar;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.lane.BlockCodeScalar;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;

/**
 * The kernels of a process, chosen once at start-up and passed in with each session. All choices
 * give the same bytes.
 *
 * @param ristretto scalar multiplication
 * @param squareModulus arithmetic for Paillier
 * @param sha256 SHA-256 of many short messages
 * @param gf128 products in GF(2^128)
 * @param transpose of bits, 128 rows at a time
 * @param blockCode sparse linear codes
 */
public record Kernels(
    RistrettoBatch ristretto,
    SquareModulusKernel squareModulus,
    BatchHash sha256,
    Gf128 gf128,
    BitTranspose transpose,
    BlockCode blockCode) {
  /** The reference kernels, in 64-bit integer arithmetic; they run everywhere. */
  public static Kernels scalar() {
    return new Kernels(
        new ScalarRistretto(),
        new ScalarSquareModulus(),
        new ScalarSha256(),
        new Gf128Scalar(),
        new BitTransposeScalar(),
        new BlockCodeScalar());
  }
}
