package org.tidegate.mpc.session;

import org.tidegate.mpc.bigint.ScalarSquareModulus;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.GroupBatch;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.curve.ScalarRistretto;
import org.tidegate.mpc.curve.WeierstrassLanes;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.ScalarSha256;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.lane.BitTransposeScalar;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.lane.BlockCodeScalar;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.lane.Gf64;
import org.tidegate.mpc.lane.Gf64Scalar;
import org.tidegate.mpc.lane.PrimeFieldScalar;
import org.tidegate.mpc.lane.SparsePrime;

/**
 * The kernels of a process, chosen once at start-up and passed in with each session. All choices
 * give the same bytes.
 *
 * @param ristretto scalar multiplication in Ristretto255
 * @param p256 scalar multiplication in P-256
 * @param sm2 scalar multiplication in the group of SM2
 * @param squareModulus arithmetic for Paillier
 * @param sha256 SHA-256 of many short messages
 * @param gf128 products in GF(2^128)
 * @param gf64 products in GF(2^64)
 * @param transpose of bits, 128 rows at a time
 * @param blockCode sparse linear codes
 */
public record Kernels(
    RistrettoBatch ristretto,
    GroupBatch p256,
    GroupBatch sm2,
    SquareModulusKernel squareModulus,
    BatchHash sha256,
    Gf128 gf128,
    Gf64 gf64,
    BitTranspose transpose,
    BlockCode blockCode) {
  /** Scalar multiplication in a group. */
  public GroupBatch group(Group group) {
    return switch (group) {
      case RISTRETTO255 -> ristretto;
      case P256 -> p256;
      case SM2 -> sm2;
    };
  }

  /** The reference kernels, without vectors; they run everywhere. */
  public static Kernels scalar() {
    return new Kernels(
        new ScalarRistretto(),
        new WeierstrassLanes(new PrimeFieldScalar(SparsePrime.P256)),
        new WeierstrassLanes(new PrimeFieldScalar(SparsePrime.SM2)),
        new ScalarSquareModulus(),
        new ScalarSha256(),
        new Gf128Scalar(),
        new Gf64Scalar(),
        new BitTransposeScalar(),
        new BlockCodeScalar());
  }
}
