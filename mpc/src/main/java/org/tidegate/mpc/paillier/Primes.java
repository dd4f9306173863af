package org.tidegate.mpc.paillier;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.random.SecretRandom;

/**
 * Random primes: a sieve by small primes over a window at a random place, then the library's test.
 */
final class Primes {
  private static final int CERTAINTY = 128;
  private static final int CANDIDATES = 4096;
  private static final int[] SMALL = small(1 << 14);

  private Primes() {}

  private static int[] small(int limit) {
    boolean[] composite = new boolean[limit];
    int[] primes = new int[limit];
    int count = 0;
    for (int i = 3; i < limit; i += 2) {
      if (!composite[i]) {
        primes[count++] = i;
        for (long j = (long) i * i; j < limit; j += 2L * i) {
          composite[(int) j] = true;
        }
      }
    }
    return Arrays.copyOf(primes, count);
  }

  /**
   * A prime p ≡ 3 (mod 4) of exactly {@code bits} bits whose two highest bits are ones, so that the
   * product of two of them has exactly twice the bits.
   */
  static BigInteger threeModFour(int bits, SecretRandom random) {
    while (true) {
      BigInteger start =
          random.nextBits(bits).setBit(bits - 1).setBit(bits - 2).setBit(1).setBit(0);
      boolean[] composite = new boolean[CANDIDATES];
      for (int prime : SMALL) {
        // start + 4·i ≡ 0: i ≡ −start/4.
        long rest = start.mod(BigInteger.valueOf(prime)).longValue();
        long quarter = inverseOfFour(prime);
        long first = (prime - rest) % prime * quarter % prime;
        for (long i = first; i < CANDIDATES; i += prime) {
          composite[(int) i] = true;
        }
      }
      for (int i = 0; i < CANDIDATES; i++) {
        if (!composite[i]) {
          BigInteger candidate = start.add(BigInteger.valueOf(4L * i));
          if (candidate.bitLength() == bits && candidate.isProbablePrime(CERTAINTY)) {
            return candidate;
          }
        }
      }
    }
  }

  private static long inverseOfFour(int prime) {
    long half = (prime + 1L) / 2;
    return half * half % prime;
  }
}
