package org.tidegate.benchmarks.kernels;

import java.math.BigInteger;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.bigint.ScalarSquareModulus;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.bigint.SquareModulusKernel.FixedBase;
import org.tidegate.mpc.bigint.simd.SquareModulusLanes;

/**
 * What a Paillier-3072 encryption costs its key's owner: the random factors h^r modulo p² and q², r
 * of 1536 bits, from tables of one base. {@code biginteger} is the same scheme with the same tables
 * over BigInteger, and {@code plain} without tables.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class PaillierBenchmark {
  /** Encryptions a call. */
  public static final int BATCH = 16;

  private static final int PRIME_BITS = 1536;
  private static final int WINDOW = 8;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR, Variants.BIG_INTEGER, "plain"})
  public String implementation;

  private final byte[] out = new byte[BATCH * 2 * PRIME_BITS / 8];
  private final BigInteger[] results = new BigInteger[BATCH];
  private Runnable batch;

  /** Prepares keys and tables. */
  @Setup
  public void prepare() {
    Random random = new Random(3072);
    byte[] exponents = new byte[BATCH * PRIME_BITS / 8];
    random.nextBytes(exponents);
    Runnable p = half(random, exponents);
    Runnable q = half(random, exponents);
    batch =
        () -> {
          p.run();
          q.run();
        };
  }

  private Runnable half(Random random, byte[] exponents) {
    int exponentBytes = PRIME_BITS / 8;
    int residueBytes = 2 * PRIME_BITS / 8;
    BigInteger prime = BigInteger.probablePrime(PRIME_BITS, random);
    BigInteger modulus = prime.multiply(prime);
    BigInteger base = new BigInteger(2 * PRIME_BITS - 1, random).mod(modulus);
    SquareModulusKernel kernel;
    switch (implementation) {
      case Variants.LANES_512, Variants.LANES_256 ->
          kernel = new SquareModulusLanes(Variants.montgomery(implementation));
      case Variants.SCALAR -> kernel = new ScalarSquareModulus();
      case Variants.BIG_INTEGER -> {
        return table(base, modulus, exponents);
      }
      case "plain" -> {
        return () -> {
          for (int i = 0; i < BATCH; i++) {
            BigInteger r = new BigInteger(1, exponents, i * exponentBytes, exponentBytes);
            results[i] = base.modPow(r, modulus);
          }
        };
      }
      default -> throw Variants.unknown(implementation);
    }
    FixedBase powers = kernel.fixedBase(prime, base, PRIME_BITS, 100_000);
    return () -> powers.powersVartime(exponents, 0, exponentBytes, out, 0, residueBytes, BATCH);
  }

  private Runnable table(BigInteger base, BigInteger modulus, byte[] exponents) {
    int windows = PRIME_BITS / WINDOW;
    BigInteger[][] table = new BigInteger[windows][1 << WINDOW];
    BigInteger step = base;
    for (int k = 0; k < windows; k++) {
      table[k][0] = BigInteger.ONE;
      for (int d = 1; d < 1 << WINDOW; d++) {
        table[k][d] = table[k][d - 1].multiply(step).mod(modulus);
      }
      step = table[k][(1 << WINDOW) - 1].multiply(step).mod(modulus);
    }
    return () -> {
      for (int i = 0; i < BATCH; i++) {
        BigInteger power = BigInteger.ONE;
        for (int k = 0; k < windows; k++) {
          int digit = exponents[(i + 1) * windows - 1 - k] & 0xff;
          power = power.multiply(table[k][digit]).mod(modulus);
        }
        results[i] = power;
      }
    };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public BigInteger[] paillier3072() {
    batch.run();
    return results;
  }
}
