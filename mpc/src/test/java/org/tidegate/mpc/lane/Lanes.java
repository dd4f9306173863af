package org.tidegate.mpc.lane;

import java.util.List;
import java.util.stream.Stream;
import org.tidegate.mpc.lane.simd.BlockCodeLanes256;
import org.tidegate.mpc.lane.simd.BlockCodeLanes512;
import org.tidegate.mpc.lane.simd.Field25519Lanes256;
import org.tidegate.mpc.lane.simd.Field25519Lanes512;
import org.tidegate.mpc.lane.simd.Montgomery256;
import org.tidegate.mpc.lane.simd.Montgomery512;
import org.tidegate.mpc.lane.simd.P256Lanes256;
import org.tidegate.mpc.lane.simd.P256Lanes512;
import org.tidegate.mpc.lane.simd.Sm2Lanes256;
import org.tidegate.mpc.lane.simd.Sm2Lanes512;

/**
 * Every variant of the lane kernels; each runs on any machine, if slowly where the hardware lacks
 * it.
 */
public final class Lanes {
  private Lanes() {}

  public static Stream<Field25519> field25519() {
    return Stream.of(new Field25519Scalar(), new Field25519Lanes256(), new Field25519Lanes512());
  }

  public static Stream<PrimeField> primeFields() {
    return Stream.of(
        new PrimeFieldScalar(SparsePrime.P256),
        new P256Lanes256(),
        new P256Lanes512(),
        new PrimeFieldScalar(SparsePrime.SM2),
        new Sm2Lanes256(),
        new Sm2Lanes512());
  }

  public static Stream<Montgomery> montgomery() {
    return Stream.of(new MontgomeryScalar(), new Montgomery256(), new Montgomery512());
  }

  public static List<BlockCode> blockCodes() {
    return List.of(new BlockCodeScalar(), new BlockCodeLanes256(), new BlockCodeLanes512());
  }
}
