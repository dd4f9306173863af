package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.lane.BitTransposeScalar;
import org.tidegate.mpc.lane.simd.BitTransposeLanes256;
import org.tidegate.mpc.lane.simd.BitTransposeLanes512;

/** Transposition of 128 rows of bits. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class BitTransposeBenchmark {
  /** Columns a call; an operation is one column of 16 bytes. */
  public static final int BATCH = 8192;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR})
  public String implementation;

  private final long[] rows = new Random(1).longs(2 * BATCH).toArray();
  private final long[] columns = new long[2 * BATCH];
  private BitTranspose transpose;

  /** Chooses the implementation. */
  @Setup
  public void prepare() {
    transpose =
        switch (implementation) {
          case Variants.LANES_512 -> new BitTransposeLanes512();
          case Variants.LANES_256 -> new BitTransposeLanes256();
          case Variants.SCALAR -> new BitTransposeScalar();
          default -> throw Variants.unknown(implementation);
        };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long[] bitTranspose() {
    transpose.transpose(rows, BATCH / 64, columns);
    return columns;
  }
}
