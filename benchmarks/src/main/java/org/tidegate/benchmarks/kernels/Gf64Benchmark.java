package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.lane.Gf64;
import org.tidegate.mpc.lane.Gf64Scalar;
import org.tidegate.mpc.lane.simd.Gf64Lanes256;
import org.tidegate.mpc.lane.simd.Gf64Lanes512;

/** Products in GF(2^64), element by element. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class Gf64Benchmark {
  /** Products a call. */
  public static final int BATCH = 4096;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR})
  public String implementation;

  private final long[] a = new Random(1).longs(BATCH).toArray();
  private final long[] b = new Random(2).longs(BATCH).toArray();
  private final long[] r = new long[BATCH];
  private Gf64 field;

  /** Chooses the implementation. */
  @Setup
  public void prepare() {
    field =
        switch (implementation) {
          case Variants.LANES_512 -> new Gf64Lanes512();
          case Variants.LANES_256 -> new Gf64Lanes256();
          case Variants.SCALAR -> new Gf64Scalar();
          default -> throw Variants.unknown(implementation);
        };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long[] gf64() {
    field.multiply(r, a, b, 0, BATCH);
    return r;
  }
}
