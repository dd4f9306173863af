package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.lpn.ExpandConvolute;
import org.tidegate.mpc.lpn.LinearCode;

/** Trees, whose AES is the JDK's, and codes; an operation is a leaf, or a block of the result. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CorrelationBenchmark {
  /** The depth of the tree. */
  public static final int DEPTH = 16;

  /** The dimension of the code. */
  public static final int DIMENSION = 1 << 18;

  /** Who computes. */
  @Param(Variants.SCALAR)
  public String implementation;

  private final byte[] seed = new byte[GgmTree.BLOCK_BYTES];
  private final byte[] leaves = new byte[GgmTree.BLOCK_BYTES << DEPTH];
  private final byte[] sums = new byte[2 * DEPTH * GgmTree.BLOCK_BYTES];
  private final long[] noise = new Random(18).longs(4L * DIMENSION).toArray();
  private final long[] compressed = new long[2 * DIMENSION];
  private GgmTree tree;
  private LinearCode code;

  /** Builds the tree's hash and the code. */
  @Setup
  public void prepare() {
    if (!implementation.equals(Variants.SCALAR)) {
      throw Variants.unknown(implementation);
    }
    tree = new GgmTree(new byte[GgmTree.KEY_BYTES]);
    code = new ExpandConvolute(DIMENSION, new byte[ExpandConvolute.SEED_BYTES]);
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
    code.compress(noise, compressed);
    return compressed;
  }
}
