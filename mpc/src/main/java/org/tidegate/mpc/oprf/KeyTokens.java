package org.tidegate.mpc.oprf;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.session.Workers;

/**
 * Tokens of keys: T(x) = SHA-256(run ‖ x), where run is 32 bytes of the run's binding and the
 * protocol. Keys that differ have tokens that differ, up to collisions of SHA-256; nothing about a
 * key's length remains.
 */
public final class KeyTokens {
  /** The length of a token. */
  public static final int BYTES = BatchHash.DIGEST_BYTES;

  private static final int PIECE = 4096;
  private static final int LANE_ROWS = 256;

  // Keys longer than this are hashed one by one: they are rare, and a group of them would be large.
  private static final int LONGEST_GROUPED = 512;

  private KeyTokens() {}

  /**
   * Computes T of each key.
   *
   * @param protocol goes into every token
   * @return {@link #BYTES} bytes a row, in the order of the rows
   */
  public static byte[] of(Session session, String protocol, PackedBytes keys) {
    byte[] run = session.binding().hash("tidegate.key-token/1").text(protocol).finish();
    return of(run, keys, session.workers(), session.kernels().sha256(), session::checkAlive);
  }

  /**
   * Computes T of each key outside of a session.
   *
   * @param run 32 bytes that are hashed with every key
   * @param check called now and then; throws to end the work
   * @return {@link #BYTES} bytes a row, in the order of the rows
   */
  public static byte[] of(
      byte[] run, PackedBytes keys, Workers workers, BatchHash hash, Runnable check) {
    byte[] tokens = new byte[Math.multiplyExact(keys.rows(), BYTES)];
    workers.forRange(
        keys.rows(),
        PIECE,
        (from, to) -> {
          check.run();
          new Piece(hash, run, keys, tokens).hash(from, to);
        });
    return tokens;
  }

  /** A lane kernel takes messages of one length: rows of a piece are taken length by length. */
  private static final class Piece {
    private final BatchHash hash;
    private final byte[] run;
    private final PackedBytes keys;
    private final byte[] tokens;
    private final int[] rows = new int[LANE_ROWS];
    private final byte[] digests = new byte[LANE_ROWS * BYTES];
    private byte[] messages = new byte[0];

    Piece(BatchHash hash, byte[] run, PackedBytes keys, byte[] tokens) {
      this.hash = hash;
      this.run = run;
      this.keys = keys;
      this.tokens = tokens;
    }

    void hash(int from, int to) {
      int[] order = byLength(from, to);
      int start = 0;
      while (start < order.length) {
        int length = keys.length(order[start]);
        int limit = length > LONGEST_GROUPED ? 1 : LANE_ROWS;
        int count = 0;
        while (start + count < order.length
            && count < limit
            && keys.length(order[start + count]) == length) {
          rows[count] = order[start + count];
          count++;
        }
        group(count, length);
        start += count;
      }
    }

    /** The rows [from, to), sorted by length, by counting. */
    private int[] byLength(int from, int to) {
      int[] next = new int[LONGEST_GROUPED + 3];
      for (int row = from; row < to; row++) {
        next[Math.min(keys.length(row), LONGEST_GROUPED + 1) + 1]++;
      }
      for (int i = 1; i < next.length; i++) {
        next[i] += next[i - 1];
      }
      int[] order = new int[to - from];
      for (int row = from; row < to; row++) {
        order[next[Math.min(keys.length(row), LONGEST_GROUPED + 1)]++] = row;
      }
      return order;
    }

    private void group(int count, int length) {
      int width = run.length + length;
      if (messages.length < count * width) {
        messages = new byte[Math.multiplyExact(count, width)];
      }
      for (int i = 0; i < count; i++) {
        System.arraycopy(run, 0, messages, i * width, run.length);
        System.arraycopy(
            keys.data(), keys.start(rows[i]), messages, i * width + run.length, length);
      }
      hash.hash(messages, 0, width, digests, 0, count);
      for (int i = 0; i < count; i++) {
        System.arraycopy(digests, i * BYTES, tokens, rows[i] * BYTES, BYTES);
      }
      if (length > LONGEST_GROUPED) {
        messages = new byte[0];
      }
    }
  }

  /** For each row the first row with the same token. */
  public static int[] firstRows(byte[] tokens) {
    int[] first = new int[tokens.length / BYTES];
    new TagIndex(tokens, BYTES, first.length).addAll(first);
    return first;
  }
}
