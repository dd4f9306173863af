package org.tidegate.mpc.suite;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.bigint.simd.SquareModulusLanes;
import org.tidegate.mpc.curve.FixedBase;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.GroupBatch;
import org.tidegate.mpc.curve.WeierstrassLanes;
import org.tidegate.mpc.curve.simd.RistrettoLanes;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.simd.HashLanes;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf64;
import org.tidegate.mpc.lane.simd.BitTransposeLanes256;
import org.tidegate.mpc.lane.simd.BitTransposeLanes512;
import org.tidegate.mpc.lane.simd.BlockCodeLanes256;
import org.tidegate.mpc.lane.simd.BlockCodeLanes512;
import org.tidegate.mpc.lane.simd.Field25519Lanes256;
import org.tidegate.mpc.lane.simd.Field25519Lanes512;
import org.tidegate.mpc.lane.simd.Gf128Lanes256;
import org.tidegate.mpc.lane.simd.Gf128Lanes512;
import org.tidegate.mpc.lane.simd.Gf64Lanes256;
import org.tidegate.mpc.lane.simd.Gf64Lanes512;
import org.tidegate.mpc.lane.simd.Montgomery256;
import org.tidegate.mpc.lane.simd.Montgomery512;
import org.tidegate.mpc.lane.simd.P256Lanes256;
import org.tidegate.mpc.lane.simd.P256Lanes512;
import org.tidegate.mpc.lane.simd.Sha256Lanes256;
import org.tidegate.mpc.lane.simd.Sha256Lanes512;
import org.tidegate.mpc.lane.simd.Sm2Lanes256;
import org.tidegate.mpc.lane.simd.Sm2Lanes512;
import org.tidegate.mpc.lane.simd.VectorWidth;
import org.tidegate.mpc.session.Kernels;

/**
 * Which kernels this process runs on: chosen once at start-up, passed in with every session. All
 * give the same bytes; only their speed differs.
 *
 * @param simdBits the width of the vectors in use: 512, 256, or 0 for scalar code
 * @param reason why, in a sentence for the log of the node
 * @param kernels the kernels
 */
public record KernelChoice(int simdBits, String reason, Kernels kernels) {
  private static final String MODULE = "jdk.incubator.vector";

  /** A kernel counts as warm when a round is no longer clearly faster than the best before it. */
  private static final double STEADY = 0.9;

  private static final int STEADY_ROUNDS = 3;
  private static final long BUDGET_NANOS = 3_000_000_000L;

  /** The widest that this machine and JVM run well. */
  public static KernelChoice best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return scalar(
          "cryptography runs on scalar code, several times slower: start the JVM with"
              + " --add-modules="
              + MODULE);
    }
    int bits = VectorWidth.bits();
    if (bits >= 512) {
      return new KernelChoice(
          512,
          "cryptography runs on 512-bit vectors",
          new Kernels(
              new RistrettoLanes(new Field25519Lanes512()),
              new WeierstrassLanes(new P256Lanes512()),
              new WeierstrassLanes(new Sm2Lanes512()),
              new SquareModulusLanes(new Montgomery512()),
              new HashLanes(new Sha256Lanes512()),
              new Gf128Lanes512(),
              new Gf64Lanes512(),
              new BitTransposeLanes512(),
              new BlockCodeLanes512()));
    }
    if (bits >= 256) {
      return new KernelChoice(
          256,
          "cryptography runs on 256-bit vectors",
          new Kernels(
              new RistrettoLanes(new Field25519Lanes256()),
              new WeierstrassLanes(new P256Lanes256()),
              new WeierstrassLanes(new Sm2Lanes256()),
              new SquareModulusLanes(new Montgomery256()),
              new HashLanes(new Sha256Lanes256()),
              new Gf128Lanes256(),
              new Gf64Lanes256(),
              new BitTransposeLanes256(),
              new BlockCodeLanes256()));
    }
    return scalar(
        "cryptography runs on scalar code: this machine's vectors have " + bits + " bits only");
  }

  private static KernelChoice scalar(String reason) {
    return new KernelChoice(0, reason, Kernels.scalar());
  }

  /**
   * Runs the kernels on made-up data until the JIT has compiled them, so that no job waits for it.
   * For a background thread at start-up.
   *
   * @return how long it took
   */
  public Duration warmUp() {
    long start = System.nanoTime();
    warm(kernels.ristretto(), start + BUDGET_NANOS / 2);
    warm(kernels.squareModulus(), start + 3 * BUDGET_NANOS / 4);
    warm(kernels.sha256(), start + 7 * BUDGET_NANOS / 8);
    warm(kernels.gf128(), kernels.gf64(), kernels.transpose(), start + 15 * BUDGET_NANOS / 16);
    warm(kernels.blockCode(), start + BUDGET_NANOS);
    warm(kernels.p256(), start + 5 * BUDGET_NANOS / 4);
    warm(kernels.sm2(), start + 3 * BUDGET_NANOS / 2);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void warm(GroupBatch group, long until) {
    int count = 128;
    byte[] scalar = new byte[Group.SCALAR_BYTES];
    scalar[0] = 7;
    byte[] uniform = new byte[count * group.group().uniformBytes()];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = (byte) (i * 0x9e3779b1 >>> 24);
    }
    byte[] mapped = new byte[count * group.group().elementBytes()];
    byte[] out = new byte[mapped.length];
    byte[] scalars = new byte[count * Group.SCALAR_BYTES];
    for (int i = 0; i < count; i++) {
      scalars[i * Group.SCALAR_BYTES] = (byte) (i + 1);
    }
    FixedBase base = group.fixedBase(group.group().generator());
    untilSteady(
        until,
        () -> {
          group.multiplyUniform(scalar, uniform, 0, mapped, 0, count);
          group.multiply(scalar, mapped, 0, out, 0, count);
          base.blind(scalars, 0, uniform, 0, mapped, 0, count);
          base.unblind(scalars, 0, mapped, 0, out, 0, count);
        });
  }

  private static void warm(SquareModulusKernel squareModulus, long until) {
    // An odd number as long as a factor of a 3072-bit key; neither secret nor prime.
    BigInteger root = BigInteger.ONE.shiftLeft(1536).subtract(BigInteger.valueOf(3));
    int width = 384;
    int count = 16;
    byte[] exponents = new byte[count * 16];
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] = (byte) (i * 0x9e3779b1 >>> 24);
    }
    byte[] out = new byte[count * width];
    int[] rows = new int[count];
    var powers = squareModulus.fixedBase(root, BigInteger.TEN, 128, 64);
    var products = squareModulus.products(root);
    untilSteady(
        until,
        () -> {
          powers.powersVartime(exponents, 0, 16, out, 0, width, count);
          products.product(out, 0, width, width, rows, 0, count);
        });
  }

  private static void warm(BatchHash hash, long until) {
    int count = 512;
    byte[] in = new byte[count * 48];
    byte[] out = new byte[count * BatchHash.DIGEST_BYTES];
    untilSteady(until, () -> hash.hash(in, 0, 48, out, 0, count));
  }

  private static void warm(Gf128 field, Gf64 small, BitTranspose transpose, long until) {
    int count = 512;
    long[] low = new long[count];
    long[] high = new long[count];
    Arrays.setAll(low, i -> i * 0x9e3779b97f4a7c15L);
    Arrays.setAll(high, i -> ~low[i]);
    long[] rows = new long[BitTranspose.ROWS * 8];
    long[] columns = new long[2 * 64 * 8];
    long[] sum = new long[2];
    untilSteady(
        until,
        () -> {
          field.multiply(low, high, low, high, high, low, 0, count);
          field.innerProduct(sum, low, high, high, low, 0, count);
          small.multiply(low, low, high, 0, count);
          high[0] = small.innerProduct(low, high, 0, count);
          transpose.transpose(rows, 8, columns);
        });
  }

  private static void warm(BlockCode code, long until) {
    int count = 1024;
    long[] blocks = new long[2 * (BlockCode.STATE + count)];
    long[] sums = new long[2 * count];
    byte[] taps = new byte[count / BlockCode.GROUP * BlockCode.TAP_BYTES];
    byte[] words = new byte[4 * count];
    untilSteady(
        until,
        () -> {
          code.convolve(blocks, BlockCode.STATE, count, taps);
          code.gather(blocks, BlockCode.STATE, count, words, sums, 0, count);
        });
  }

  private static void untilSteady(long until, Runnable round) {
    long best = Long.MAX_VALUE;
    int steady = 0;
    while (steady < STEADY_ROUNDS && System.nanoTime() < until) {
      // A slice long enough for the JIT to notice.
      long start = System.nanoTime();
      long rounds = 0;
      do {
        round.run();
        rounds++;
      } while (System.nanoTime() - start < 50_000_000);
      long time = (System.nanoTime() - start) / rounds;
      steady = time < STEADY * best ? 0 : steady + 1;
      best = Math.min(best, time);
    }
  }
}
