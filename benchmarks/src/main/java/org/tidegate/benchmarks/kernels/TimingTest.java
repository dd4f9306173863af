package org.tidegate.benchmarks.kernels;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tidegate.mpc.bigint.simd.PowerLanes;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.WeierstrassLanes;
import org.tidegate.mpc.curve.simd.RistrettoLanes;
import org.tidegate.mpc.curve.simd.X25519Lanes;
import org.tidegate.mpc.lane.SparsePrime;

/**
 * Whether the time a kernel takes tells two classes of secrets apart: one fixed, extreme secret
 * against a fresh random one each time, in random order, compared by Welch's t (Reparaz, Balasch,
 * Verbauwhede: <i>Dude, is my code constant time?</i>, 2016).
 *
 * <p>A small |t| proves nothing; a large one that stays when repeated shows a leak.
 */
public final class TimingTest {
  /** What |t| must not exceed; by chance alone it does so once in about 150,000 tests. */
  public static final double LIMIT = 4.5;

  /** Two groups of 512-bit lanes. */
  private static final int BATCH = 16;

  /** Calls before the first measured one, so that the compiler is done. */
  private static final int WARM_UP = 4000;

  /** Slower calls were interrupted by the machine; the same bound cuts both classes. */
  private static final double KEPT = 0.9;

  private static final int MODULUS_BITS = 1024;

  private final int samples;
  private final SplittableRandom random = new SplittableRandom();

  /**
   * What one kernel showed.
   *
   * @param kernel the kernel, and which of its inputs is the secret
   * @param samples measured calls that were kept, of both classes
   * @param fixed mean time with the fixed secret, nanoseconds
   * @param varied mean time with random secrets, nanoseconds
   * @param t Welch's t of the difference
   */
  public record Result(String kernel, int samples, double fixed, double varied, double t) {
    /** Whether the classes look the same. */
    public boolean holds() {
      return Math.abs(t) <= LIMIT;
    }

    /** The result for people. */
    public String line() {
      return "%-26s %8d calls %12.0f ns %12.0f ns  t = %7.2f  %s"
          .formatted(kernel, samples, fixed, varied, t, holds() ? "alike" : "DIFFERENT");
    }

    /** The result as JSON values. */
    public Map<String, ?> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("kernel", kernel);
      json.put("samples", samples);
      json.put("fixedNanos", fixed);
      json.put("randomNanos", varied);
      json.put("t", t);
      json.put("holds", holds());
      return json;
    }
  }

  /**
   * Measures that many calls per kernel.
   *
   * @throws IllegalArgumentException for fewer than 100
   */
  public TimingTest(int samples) {
    if (samples < 100) {
      throw new IllegalArgumentException("a timing test needs 100 samples or more, not " + samples);
    }
    this.samples = samples;
  }

  /**
   * Tests X25519, Ristretto255, P-256, SM2 and powers on the given lanes.
   *
   * @param lanes a name of {@link Variants}: lanes512 or lanes256
   */
  public List<Result> run(String lanes) {
    return List.of(
        x25519(lanes),
        ristretto(lanes),
        primeCurve(lanes, SparsePrime.P256),
        primeCurve(lanes, SparsePrime.SM2),
        power(lanes));
  }

  /** The lowest clamped scalar, 2^254, has no other bit. */
  private Result x25519(String lanes) {
    X25519Lanes kernel = new X25519Lanes(Variants.field25519(lanes));
    byte[] points = bytes(32 * BATCH);
    byte[] out = new byte[32 * BATCH];
    return measure(
        "x25519: scalar",
        new byte[32],
        secret -> {},
        secret -> kernel.multiply(secret, points, 0, out, 0, BATCH));
  }

  /** The scalar 1. */
  private Result ristretto(String lanes) {
    RistrettoLanes kernel = new RistrettoLanes(Variants.field25519(lanes));
    byte[] one = new byte[32];
    one[0] = 1;
    byte[] points = new byte[32 * BATCH];
    kernel.multiplyUniform(one, bytes(64 * BATCH), 0, points, 0, BATCH);
    byte[] out = new byte[32 * BATCH];
    return measure(
        "ristretto255: scalar",
        one,
        secret -> secret[31] &= 0x0f,
        secret -> kernel.multiply(secret, points, 0, out, 0, BATCH));
  }

  /** The scalar 1. */
  private Result primeCurve(String lanes, SparsePrime prime) {
    WeierstrassLanes kernel = new WeierstrassLanes(Variants.primeField(lanes, prime));
    Group group = kernel.group();
    byte[] one = new byte[Group.SCALAR_BYTES];
    one[0] = 1;
    byte[] points = new byte[group.elementBytes() * BATCH];
    kernel.multiplyUniform(one, bytes(group.uniformBytes() * BATCH), 0, points, 0, BATCH);
    byte[] out = new byte[points.length];
    return measure(
        group.title() + ": scalar",
        one,
        secret -> secret[31] &= 0x7f, // Below both orders.
        secret -> kernel.multiply(secret, points, 0, out, 0, BATCH));
  }

  /** The bases 1; the exponent is public here, as the method's name says. */
  private Result power(String lanes) {
    int width = MODULUS_BITS / 8;
    BigInteger modulus = new BigInteger(1, bytes(width)).setBit(MODULUS_BITS - 1).setBit(0);
    BigInteger exponent = new BigInteger(1, bytes(width)).setBit(MODULUS_BITS - 1);
    PowerLanes kernel = new PowerLanes(Variants.montgomery(lanes), modulus);
    int bases = 8;
    byte[] ones = new byte[bases * width];
    for (int i = 1; i <= bases; i++) {
      ones[i * width - 1] = 1;
    }
    byte[] out = new byte[bases * width];
    return measure(
        "modularPower: bases",
        ones,
        secret -> {
          for (int i = 0; i < bases; i++) {
            secret[i * width] = 0; // Below the modulus.
          }
        },
        secret -> kernel.powersVartime(exponent, secret, 0, out, 0, width, bases));
  }

  private interface Step {
    void on(byte[] secret);
  }

  /** Both classes are prepared alike, and the kernel reads either from the same place. */
  private Result measure(String kernel, byte[] fixed, Step makeValid, Step call) {
    long[] times = new long[samples];
    boolean[] isFixed = new boolean[samples];
    byte[] secret = new byte[fixed.length];
    int warmUp = Math.min(WARM_UP, samples);
    for (int i = -warmUp; i < samples; i++) {
      byte[] fresh = bytes(fixed.length);
      makeValid.on(fresh);
      boolean choice = random.nextBoolean();
      System.arraycopy(choice ? fixed : fresh, 0, secret, 0, secret.length);
      long start = System.nanoTime();
      call.on(secret);
      long time = System.nanoTime() - start;
      if (i >= 0) {
        times[i] = time;
        isFixed[i] = choice;
      }
    }
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    long bound = sorted[(int) (KEPT * (samples - 1))];
    Moments fixedTimes = new Moments();
    Moments variedTimes = new Moments();
    for (int i = 0; i < samples; i++) {
      if (times[i] <= bound) {
        (isFixed[i] ? fixedTimes : variedTimes).add((double) times[i]);
      }
    }
    double t =
        (fixedTimes.mean - variedTimes.mean)
            / Math.sqrt(fixedTimes.squaredError() + variedTimes.squaredError());
    return new Result(
        kernel, fixedTimes.count + variedTimes.count, fixedTimes.mean, variedTimes.mean, t);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Mean and variance, summed as Welford does. */
  private static final class Moments {
    private int count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }

    /** Of the mean. */
    double squaredError() {
      return squares / (count - 1) / count;
    }
  }
}
