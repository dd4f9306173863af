package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.curve.ScalarRistretto;
import org.tidegate.mpc.curve.simd.RistrettoLanes;

/** Ristretto255 under one scalar: decode or map, multiply, encode. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class RistrettoBenchmark {
  /** Points a call. */
  public static final int BATCH = 512;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR})
  public String implementation;

  private final byte[] scalar = new byte[32];
  private final byte[] uniform = new byte[64 * BATCH];
  private final byte[] encoded = new byte[32 * BATCH];
  private final byte[] out = new byte[32 * BATCH];
  private RistrettoBatch ristretto;

  /** Prepares the batch. */
  @Setup
  public void prepare() {
    Random random = new Random(9496);
    random.nextBytes(scalar);
    scalar[31] &= 0x0f;
    random.nextBytes(uniform);
    ristretto =
        implementation.equals(Variants.SCALAR)
            ? new ScalarRistretto()
            : new RistrettoLanes(Variants.field25519(implementation));
    ristretto.multiplyUniform(scalar, uniform, 0, encoded, 0, BATCH);
  }

  /** Decode, multiply, encode. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ristretto255() {
    return ristretto.multiply(scalar, encoded, 0, out, 0, BATCH);
  }

  /** Map uniform bytes to the group, multiply, encode. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] ristretto255Hashed() {
    ristretto.multiplyUniform(scalar, uniform, 0, out, 0, BATCH);
    return out;
  }
}
