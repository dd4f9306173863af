package org.tidegate.mpc.ring;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;

/**
 * A residue number system: integers modulo Q = q_0 ⋯ q_(k−1) as their residues, over distinct
 * primes. Conversions go through big integers and are the reference; their time depends on the
 * values.
 */
public final class RnsBasis {
  private final List<Modulus> moduli;
  private final BigInteger product;
  private final BigInteger[] cofactors;
  private final long[] weights;

  /**
   * The basis q_0, …, q_(k−1).
   *
   * @throws IllegalArgumentException if it is empty or a prime stands twice
   */
  public RnsBasis(List<Modulus> moduli) {
    if (moduli.isEmpty() || new HashSet<>(moduli).size() < moduli.size()) {
      throw new IllegalArgumentException("a basis has one or more distinct primes, not " + moduli);
    }
    this.moduli = List.copyOf(moduli);
    product = this.moduli.stream().map(RnsBasis::big).reduce(BigInteger.ONE, BigInteger::multiply);
    cofactors = new BigInteger[moduli.size()];
    weights = new long[moduli.size()];
    for (int i = 0; i < weights.length; i++) {
      BigInteger prime = big(this.moduli.get(i));
      cofactors[i] = product.divide(prime);
      weights[i] = cofactors[i].modInverse(prime).longValueExact();
    }
  }

  private static BigInteger big(Modulus modulus) {
    return BigInteger.valueOf(modulus.value());
  }

  /** q_0, …, q_(k−1). */
  public List<Modulus> moduli() {
    return moduli;
  }

  /** Q. */
  public BigInteger product() {
    return product;
  }

  /** The residues of x, of either sign. */
  public long[] residuesVartime(BigInteger x) {
    return moduli.stream().mapToLong(q -> x.mod(big(q)).longValueExact()).toArray();
  }

  /** The x in [0, Q) with the given residues: Σ (Q/q_i)·((r_i·(Q/q_i)^−1) mod q_i) mod Q. */
  public BigInteger composeVartime(long[] residues) {
    if (residues.length != weights.length) {
      throw new IllegalArgumentException(
          "%d residues for %d primes".formatted(residues.length, weights.length));
    }
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < residues.length; i++) {
      long digit = moduli.get(i).multiply(residues[i], weights[i]);
      sum = sum.add(cofactors[i].multiply(BigInteger.valueOf(digit)));
    }
    return sum.mod(product);
  }

  /** The x in (−Q/2, Q/2) with the given residues. */
  public BigInteger composeCentredVartime(long[] residues) {
    BigInteger x = composeVartime(residues);
    return x.shiftLeft(1).compareTo(product) > 0 ? x.subtract(product) : x;
  }
}
