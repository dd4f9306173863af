package org.tidegate.mpc.psi.bucket;

/**
 * Where the records of each bucket wait until their turn: files, or what the caller likes. Used by
 * one thread.
 */
public interface Spill {
  /** Appends to a bucket. */
  void append(int bucket, byte[] records, int length);

  /** All that was appended to a bucket, in its order. */
  byte[] read(int bucket);
}
