package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.ring.Modulus;
import org.tidegate.mpc.ring.Ntt;
import org.tidegate.mpc.ring.NttRoots;
import org.tidegate.mpc.ring.NttScalar;
import org.tidegate.mpc.ring.simd.NttLanes256;
import org.tidegate.mpc.ring.simd.NttLanes512;

/** Negacyclic transforms over a prime of 50 bits. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class NttBenchmark {
  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR})
  public String implementation;

  /** Points. */
  @Param({"4096", "8192", "16384"})
  public int size;

  private long[] polynomial;
  private Ntt ntt;

  /** Chooses the implementation. */
  @Setup
  public void prepare() {
    NttRoots roots = new NttRoots(Modulus.largest(50, size, 1).getFirst(), size);
    polynomial = new Random(size).longs(size, 0, roots.modulus().value()).toArray();
    ntt =
        switch (implementation) {
          case Variants.LANES_512 -> new NttLanes512(roots);
          case Variants.LANES_256 -> new NttLanes256(roots);
          case Variants.SCALAR -> new NttScalar(roots);
          default -> throw Variants.unknown(implementation);
        };
  }

  /** One transform of values, as if they were coefficients: their time does not depend on them. */
  @Benchmark
  public long[] ntt() {
    ntt.forward(polynomial, 0);
    return polynomial;
  }
}
