package org.tidegate.mpc.bytes;

import java.util.Arrays;

/**
 * Bytes that must not leak: never printed, compared in constant time, zeroed on close. Reading is
 * {@link #expose}, so that every place where a secret leaves its holder can be found by its name.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies the bytes; the caller still owns, and should zero, its array. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * A copy of the secret, which the caller zeroes after use.
   *
   * @throws IllegalStateException after close
   */
  public synchronized byte[] expose() {
    if (closed) {
      throw new IllegalStateException("the secret was closed");
    }
    return bytes.clone();
  }

  /** In constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && ConstantTime.equal(bytes, that.bytes);
  }

  /** The length only: a hash of a secret is a way to leak it. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + " bytes]";
  }

  /** Zeroes the bytes. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }
}
