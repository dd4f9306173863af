package org.tidegate.mpc.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A prime modulus 2^{@value #MIN_BITS} &lt; q &lt; 2^{@value #MAX_BITS}. Elements are canonical, in
 * [0, q). Immutable.
 */
public final class Modulus {
  /** Primes have more bits than this: a transform of 2^15 points needs q ≡ 1 mod 2^16. */
  public static final int MIN_BITS = 16;

  /** Primes have at most so many bits. */
  public static final int MAX_BITS = 50;

  // No composite number below 3.3·10^24 passes for all of these: Sorenson and Webster, Math. Comp.
  // 86, 2017.
  private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41};

  private final long q;
  private final int bits;
  private final long barrett;

  /**
   * The modulus q.
   *
   * @throws IllegalArgumentException if q is out of range or composite
   */
  public Modulus(long q) {
    bits = 64 - Long.numberOfLeadingZeros(q);
    if (bits <= MIN_BITS || bits > MAX_BITS || !isPrime(q)) {
      throw new IllegalArgumentException(
          "a modulus is a prime of %d to %d bits, which %d is not"
              .formatted(MIN_BITS + 1, MAX_BITS, q));
    }
    this.q = q;
    this.barrett = BigInteger.TWO.pow(2 * bits).divide(BigInteger.valueOf(q)).longValueExact();
  }

  /**
   * The {@code count} largest primes of the given length that a negacyclic transform of {@code
   * size} points can use, q ≡ 1 mod 2·size, in falling order.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public static List<Modulus> largest(int bits, int size, int count) {
    long step = 2L * NttRoots.checkSize(size);
    if (bits <= MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "a modulus has %d to %d bits, not %d".formatted(MIN_BITS + 1, MAX_BITS, bits));
    }
    List<Modulus> found = new ArrayList<>();
    long candidate = (1L << bits) - step + 1;
    for (; found.size() < count && candidate >>> (bits - 1) == 1; candidate -= step) {
      if (isPrime(candidate)) {
        found.add(new Modulus(candidate));
      }
    }
    if (found.size() < count) {
      throw new IllegalArgumentException(
          "only %d primes of %d bits are 1 modulo %d; %d are asked for"
              .formatted(found.size(), bits, step, count));
    }
    return List.copyOf(found);
  }

  /** Miller and Rabin's test, deterministic in this range. */
  private static boolean isPrime(long n) {
    BigInteger modulus = BigInteger.valueOf(n);
    BigInteger minusOne = modulus.subtract(BigInteger.ONE);
    int twos = minusOne.getLowestSetBit();
    BigInteger odd = minusOne.shiftRight(twos);
    for (int witness : WITNESSES) {
      BigInteger x = BigInteger.valueOf(witness).modPow(odd, modulus);
      boolean passes = x.equals(BigInteger.ONE) || x.equals(minusOne);
      for (int i = 1; i < twos && !passes; i++) {
        x = x.multiply(x).mod(modulus);
        passes = x.equals(minusOne);
      }
      if (!passes) {
        return false;
      }
    }
    return true;
  }

  /** q. */
  public long value() {
    return q;
  }

  /** a + b. */
  public long add(long a, long b) {
    return below(a + b);
  }

  /** a − b. */
  public long subtract(long a, long b) {
    long d = a - b;
    return d + (q & d >> 63);
  }

  /**
   * a·b, by Barrett's reduction. With k the bits of q: t = ⌊ab/2^(k−1)⌋ &lt; 2^(k+1), and
   * ⌊t·⌊4^k/q⌋/2^(k+1)⌋ is the quotient or up to 2 less.
   */
  public long multiply(long a, long b) {
    assert a >= 0 && a < q && b >= 0 && b < q;
    long low = a * b;
    long t = Math.multiplyHigh(a, b) << (65 - bits) | low >>> (bits - 1);
    long quotient = Math.unsignedMultiplyHigh(t << (63 - bits), barrett);
    long r = low - quotient * q;
    assert r >= 0 && r < 3 * q;
    return below(below(r));
  }

  /** x − q if x ≥ q. */
  private long below(long x) {
    long d = x - q;
    return d + (q & d >> 63);
  }

  /** a^e for e ≥ 0; time depends on e. */
  public long powerVartime(long a, long e) {
    long result = 1;
    long square = a;
    for (long rest = e; rest > 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** 1/a, and 0 for 0. */
  public long inverse(long a) {
    return powerVartime(a, q - 2);
  }

  /** ⌊w·2^64/q⌋, which makes a product with w cheap (V. Shoup; Harvey, section 3). */
  long quotient(long w) {
    long quotient = 0;
    long rest = w;
    // 13 bits at a time: rest·2^13 < 2^63.
    for (int done = 0; done < 64; ) {
      int take = Math.min(13, 64 - done);
      rest <<= take;
      quotient = quotient << take | rest / q;
      rest %= q;
      done += take;
    }
    return quotient;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Modulus modulus && modulus.q == q;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(q);
  }

  /** q. */
  @Override
  public String toString() {
    return Long.toString(q);
  }
}
