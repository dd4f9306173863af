package org.tidegate.benchmarks.kernels;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.benchmarks.kernels.NativeLibraries.GmpPower;
import org.tidegate.mpc.bigint.simd.PowerLanes;

/** Powers of eight bases with one full-length exponent. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ModularPowerBenchmark {
  /** Powers a call. */
  public static final int BATCH = 8;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.BIG_INTEGER, Variants.GMP})
  public String implementation;

  /** The length of modulus and exponent. */
  @Param({"2048", "3072", "4096"})
  public int bits;

  private Runnable batch;
  private byte[] out;
  private final BigInteger[] powers = new BigInteger[BATCH];

  /** Prepares the batch. */
  @Setup
  public void prepare() {
    Random random = new Random(bits);
    BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
    BigInteger exponent = new BigInteger(bits, random).setBit(bits - 1);
    int width = bits / 8;
    byte[] in = new byte[BATCH * width];
    random.nextBytes(in);
    BigInteger[] bases = new BigInteger[BATCH];
    for (int i = 0; i < BATCH; i++) {
      in[i * width] = 0;
      bases[i] = new BigInteger(1, in, i * width, width);
    }
    out = new byte[BATCH * width];
    batch =
        switch (implementation) {
          case Variants.LANES_512, Variants.LANES_256 -> {
            PowerLanes lanes = new PowerLanes(Variants.montgomery(implementation), modulus);
            yield () -> lanes.powersVartime(exponent, in, 0, out, 0, width, BATCH);
          }
          case Variants.BIG_INTEGER ->
              () -> {
                for (int i = 0; i < BATCH; i++) {
                  powers[i] = bases[i].modPow(exponent, modulus);
                }
              };
          case Variants.GMP -> {
            GmpPower gmp = new GmpPower(exponent, modulus);
            MemorySegment[] numbers = new MemorySegment[BATCH];
            for (int i = 0; i < BATCH; i++) {
              numbers[i] = GmpPower.number(bases[i]);
            }
            yield () -> {
              for (MemorySegment number : numbers) {
                gmp.power(number);
              }
            };
          }
          default -> throw Variants.unknown(implementation);
        };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] modularPower() {
    batch.run();
    return out;
  }
}
