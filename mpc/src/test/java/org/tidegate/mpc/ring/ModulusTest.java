package org.tidegate.mpc.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModulusTest {
  private final Random random = new Random(50);

  private static BigInteger big(long x) {
    return BigInteger.valueOf(x);
  }

  @Test
  void agreesWithBigIntegers() {
    for (int bits : new int[] {17, 23, 31, 32, 33, 49, 50}) {
      Modulus modulus = Modulus.largest(bits, 1024, 1).getFirst();
      long q = modulus.value();
      long[] edges = {0, 1, 2, q / 2, q / 2 + 1, q - 2, q - 1, 0, 0};
      for (int i = 0; i < 500; i++) {
        edges[7] = random.nextLong(q);
        edges[8] = random.nextLong(q);
        long a = edges[random.nextInt(9)];
        long b = edges[random.nextInt(9)];
        assertThat(modulus.multiply(a, b)).isEqualTo(value(big(a).multiply(big(b)), q));
        assertThat(modulus.add(a, b)).isEqualTo(value(big(a).add(big(b)), q));
        assertThat(modulus.subtract(a, b)).isEqualTo(value(big(a).subtract(big(b)), q));
        assertThat(big(modulus.quotient(a))).isEqualTo(shifted(a, q));
        if (a != 0) {
          assertThat(modulus.multiply(a, modulus.inverse(a))).isEqualTo(1);
        }
      }
    }
  }

  private static long value(BigInteger x, long q) {
    return x.mod(big(q)).longValueExact();
  }

  /** ⌊a·2^64/q⌋ as a signed number of 64 bits. */
  private static BigInteger shifted(long a, long q) {
    return big(big(a).shiftLeft(64).divide(big(q)).longValue());
  }

  @Test
  void findsTheLargestPrimes() {
    List<Modulus> found = Modulus.largest(50, 8192, 3);
    BigInteger candidate = BigInteger.TWO.pow(50).subtract(big(16383));
    for (Modulus modulus : found) {
      while (!candidate.isProbablePrime(60)) {
        candidate = candidate.subtract(big(16384));
      }
      assertThat(big(modulus.value())).isEqualTo(candidate);
      candidate = candidate.subtract(big(16384));
    }
    assertThatThrownBy(() -> Modulus.largest(17, 32768, 5))
        .hasMessage("only 1 primes of 17 bits are 1 modulo 65536; 5 are asked for");
  }

  @Test
  void refusesWhatIsNotAPrimeInRange() {
    // 3215031751 fools the witnesses 2, 3, 5 and 7.
    for (long q : new long[] {-3, 0, 13, 65535, 1L << 49, 3215031751L, (1L << 51) - 129}) {
      assertThatThrownBy(() -> new Modulus(q))
          .hasMessage("a modulus is a prime of 17 to 50 bits, which %d is not", q);
    }
  }

  @Test
  void residuesAreIntegers() {
    RnsBasis basis = new RnsBasis(Modulus.largest(50, 4096, 4));
    BigInteger product = basis.product();
    assertThat(product.bitLength()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      BigInteger x = new BigInteger(200, random).mod(product);
      assertThat(basis.composeVartime(basis.residuesVartime(x))).isEqualTo(x);
      BigInteger centred = x.subtract(product.shiftRight(1));
      assertThat(basis.composeCentredVartime(basis.residuesVartime(centred))).isEqualTo(centred);
    }
    Modulus modulus = basis.moduli().getFirst();
    assertThatThrownBy(() -> new RnsBasis(List.of(modulus, modulus)))
        .hasMessageStartingWith("a basis has one or more distinct primes, not ");
    assertThatThrownBy(() -> basis.composeVartime(new long[3]))
        .hasMessage("3 residues for 4 primes");
  }
}
