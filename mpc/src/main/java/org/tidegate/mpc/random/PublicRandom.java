package org.tidegate.mpc.random;

/**
 * Randomness that all parties agree on and anybody may know, from an agreed seed such as a digest.
 * Used by one thread at a time.
 */
public final class PublicRandom {
  private static final String DOMAIN = "tidegate.random.public/1";

  private final AesCtrStream stream;

  /**
   * A source over an agreed seed of 32 bytes.
   *
   * @param use what it is for; sources of different uses are independent
   */
  public PublicRandom(String use, byte[] seed) {
    this.stream = new AesCtrStream(DOMAIN + "/" + use, seed);
  }

  /** Fills {@code out} from {@code offset}. */
  public void nextBytes(byte[] out, int offset, int length) {
    stream.next(out, offset, length);
  }

  /** Uniform in [0, bound), by rejection. */
  public int nextInt(int bound) {
    return stream.nextInt(bound);
  }
}
