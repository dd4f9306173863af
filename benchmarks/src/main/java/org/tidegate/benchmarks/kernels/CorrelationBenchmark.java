package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.lane.BlockCodeScalar;
import org.tidegate.mpc.lane.simd.BlockCodeLanes256;
import org.tidegate.mpc.lane.simd.BlockCodeLanes512;
import org.tidegate.mpc.lpn.ExpandConvolute;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.lpn.LpnCode;

/**
 * Trees, whose AES is the JDK's either way, and codes; an operation is a leaf, or a block of the
 * result.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CorrelationBenchmark {
  /** The depth of the tree. */
  public static final int DEPTH = 16;

  /** The dimension of the code. */
  public static final int DIMENSION = 1 << 18;

  /** Who computes. */
  @Param({Variants.SCALAR, Variants.LANES_256, Variants.LANES_512})
  public String implementation;

  private final byte[] seed = new byte[GgmTree.BLOCK_BYTES];
  private final byte[] leaves = new byte[GgmTree.BLOCK_BYTES << DEPTH];
  private final byte[] sums = new byte[2 * DEPTH * GgmTree.BLOCK_BYTES];
  private final long[] compressed = new long[2 * DIMENSION];
  private GgmTree tree;
  private LinearCode code;
  private long[] vector;

  /** Builds the tree's hash and the code. */
  @Setup
  public void prepare() {
    tree = new GgmTree(new byte[GgmTree.KEY_BYTES]);
    BlockCode kernel =
        switch (implementation) {
          case Variants.SCALAR -> new BlockCodeScalar();
          case Variants.LANES_256 -> new BlockCodeLanes256();
          case Variants.LANES_512 -> new BlockCodeLanes512();
          default -> throw Variants.unknown(implementation);
        };
    code =
        new ExpandConvolute(
            LpnCode.EXPAND_CONVOLUTE_21_24,
            DIMENSION,
            new byte[ExpandConvolute.SEED_BYTES],
            kernel);
    vector = new Random(18).longs(code.vector().length).toArray();
  }

  /** A tree. */
  @Benchmark
  @OperationsPerInvocation(1 << DEPTH)
  public byte[] ggmLeaves() {
    tree.expand(seed, DEPTH, leaves, sums);
    return leaves;
  }

  /** A code word. */
  @Benchmark
  @OperationsPerInvocation(DIMENSION)
  public long[] lpnCompress() {
    code.prepare(vector);
    code.finish(vector, compressed, 0, 0, DIMENSION);
    return compressed;
  }
}
