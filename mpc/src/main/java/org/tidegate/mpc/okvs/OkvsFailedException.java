package org.tidegate.mpc.okvs;

/**
 * The keys have no encoding under this seed; another seed gives one. Happens with probability 2^−λ,
 * or if a key stands twice.
 */
public final class OkvsFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OkvsFailedException(String message) {
    super(message);
  }
}
