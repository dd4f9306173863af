package org.tidegate.mpc.ring;

/**
 * The powers of ψ, a primitive 2N-th root of unity modulo q, in the order in which a transform
 * needs them: {@code power(i)} = ψ^(i with its log2 N bits reversed). ψ is g^((q−1)/2N) for the
 * smallest g that gives one, so that all parties use the same. Immutable.
 */
public final class NttRoots {
  /** The fewest points. */
  public static final int MIN_SIZE = 1024;

  /** The most points. */
  public static final int MAX_SIZE = 32768;

  private final Modulus modulus;
  private final long[] powers;
  private final long[] inverses;

  /**
   * The roots for N = {@code size}.
   *
   * @throws IllegalArgumentException if the size is not a power of two from {@link #MIN_SIZE} to
   *     {@link #MAX_SIZE}, or q is not 1 modulo 2N
   */
  public NttRoots(Modulus modulus, int size) {
    this.modulus = modulus;
    long order = 2L * checkSize(size);
    if ((modulus.value() - 1) % order != 0) {
      throw new IllegalArgumentException(
          "modulo %s there is no root of unity of order %d".formatted(modulus, order));
    }
    long psi = primitive(modulus, size);
    powers = reversed(modulus, psi, size);
    inverses = reversed(modulus, modulus.inverse(psi), size);
  }

  static int checkSize(int size) {
    if (size < MIN_SIZE || size > MAX_SIZE || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "a transform has a power of two from %d to %d points, not %d"
              .formatted(MIN_SIZE, MAX_SIZE, size));
    }
    return size;
  }

  private static long primitive(Modulus modulus, int size) {
    long cofactor = (modulus.value() - 1) / (2L * size);
    for (long g = 2; ; g++) {
      long psi = modulus.powerVartime(g, cofactor);
      if (modulus.powerVartime(psi, size) == modulus.value() - 1) {
        return psi;
      }
    }
  }

  private static long[] reversed(Modulus modulus, long psi, int size) {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    long[] table = new long[size];
    long power = 1;
    for (int i = 0; i < size; i++) {
      table[Integer.reverse(i) >>> shift] = power;
      power = modulus.multiply(power, psi);
    }
    return table;
  }

  /** q. */
  public Modulus modulus() {
    return modulus;
  }

  /** N. */
  public int size() {
    return powers.length;
  }

  /** ψ^rev(i), for 0 ≤ i &lt; N. */
  public long power(int i) {
    return powers[i];
  }

  /** ψ^−rev(i), for 0 ≤ i &lt; N. */
  public long inversePower(int i) {
    return inverses[i];
  }
}
