package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.lane.simd.Gf128Lanes256;
import org.tidegate.mpc.lane.simd.Gf128Lanes512;

/** Products in GF(2^128), element by element. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class Gf128Benchmark {
  /** Products a call. */
  public static final int BATCH = 4096;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR})
  public String implementation;

  private final long[] al = new Random(1).longs(BATCH).toArray();
  private final long[] ah = new Random(2).longs(BATCH).toArray();
  private final long[] bl = new Random(3).longs(BATCH).toArray();
  private final long[] bh = new Random(4).longs(BATCH).toArray();
  private final long[] rl = new long[BATCH];
  private final long[] rh = new long[BATCH];
  private Gf128 field;

  /** Chooses the implementation. */
  @Setup
  public void prepare() {
    field =
        switch (implementation) {
          case Variants.LANES_512 -> new Gf128Lanes512();
          case Variants.LANES_256 -> new Gf128Lanes256();
          case Variants.SCALAR -> new Gf128Scalar();
          default -> throw Variants.unknown(implementation);
        };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long[] gf128() {
    field.multiply(rl, rh, al, ah, bl, bh, 0, BATCH);
    return rl;
  }
}
