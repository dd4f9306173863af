package org.tidegate.mpc.random;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.bytes.SecretBytes;

/**
 * Randomness that the peer must not know: AES-256 in counter mode over a seed that is passed in, so
 * that a run can be replayed in a dispute by whoever is shown the seed, and by nobody else. Used by
 * one thread at a time; {@link #fork} gives an independent source, whatever was drawn before.
 */
public final class SecretRandom implements AutoCloseable {
  /** The length of a seed. */
  public static final int SEED_BYTES = AesCtrStream.SEED_BYTES;

  private static final String DOMAIN = "tidegate.random.secret/1";

  private final AesCtrStream stream;

  private SecretRandom(AesCtrStream stream) {
    this.stream = stream;
  }

  /**
   * A source over a seed of {@link #SEED_BYTES} bytes from the machine's entropy.
   *
   * @throws IllegalArgumentException if the seed has another length
   */
  public static SecretRandom of(SecretBytes seed) {
    byte[] bytes = seed.expose();
    try {
      return new SecretRandom(new AesCtrStream(DOMAIN, bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** An independent source: the same label gives the same source. */
  public SecretRandom fork(String label) {
    byte[] seed = stream.childSeed(label);
    try {
      return new SecretRandom(new AesCtrStream(DOMAIN, seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Fills {@code out} from {@code offset}. */
  public void nextBytes(byte[] out, int offset, int length) {
    stream.next(out, offset, length);
  }

  /** A fresh array. */
  public byte[] nextBytes(int length) {
    byte[] out = new byte[length];
    stream.next(out, 0, length);
    return out;
  }

  /** Uniform in [0, 2^bits). */
  public BigInteger nextBits(int bits) {
    byte[] bytes = nextBytes((bits + 7) / 8);
    if (bits % 8 != 0) {
      bytes[0] &= (byte) ((1 << bits % 8) - 1);
    }
    return new BigInteger(1, bytes);
  }

  /** Uniform in [0, bound), by rejection. */
  public BigInteger nextBelow(BigInteger bound) {
    if (bound.signum() <= 0) {
      throw new IllegalArgumentException("a bound is positive");
    }
    while (true) {
      BigInteger candidate = nextBits(bound.bitLength());
      if (candidate.compareTo(bound) < 0) {
        return candidate;
      }
    }
  }

  /** Uniform in [0, bound), by rejection. */
  public int nextInt(int bound) {
    return stream.nextInt(bound);
  }

  /** A uniform permutation of 0 … size − 1 (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = stream.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Rows of one width in a uniformly random order.
   *
   * @param rows {@code count} rows of {@code width} bytes each, left as they are
   * @return a fresh array
   */
  public byte[] shuffled(byte[] rows, int width, int count) {
    return new RowShuffle(rows, width, count).by(stream);
  }

  /** Zeroes the key. */
  @Override
  public void close() {
    stream.close();
  }

  /** Never the state. */
  @Override
  public String toString() {
    return "SecretRandom";
  }
}
