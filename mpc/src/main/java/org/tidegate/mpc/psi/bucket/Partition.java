package org.tidegate.mpc.psi.bucket;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.session.Workers;

/**
 * Divides a party's keys among the buckets. A record of a bucket is a token and the number of its
 * row, 4 bytes, big-endian.
 */
public final class Partition {
  private static final int ROW_BYTES = Integer.BYTES;
  private static final int BUFFERS_BYTES = 32 << 20;
  private static final int MIN_BUFFER_BYTES = 4 << 10;
  private static final int MAX_BUFFER_BYTES = 256 << 10;

  private final Buckets buckets;
  private final byte[] run;
  private final Spill spill;
  private final int record;
  private final byte[][] buffers;
  private final int[] filled;

  /**
   * An empty one.
   *
   * @param runId the same at both parties, to which both have contributed
   */
  public Partition(Buckets buckets, byte[] runId, Spill spill) {
    this.buckets = buckets;
    this.run = new DomainHash("tidegate.bucket-token/1").bytes(runId).finish();
    this.spill = spill;
    this.record = buckets.tokenBytes() + ROW_BYTES;
    int bytes = Math.clamp(BUFFERS_BYTES / buckets.count(), MIN_BUFFER_BYTES, MAX_BUFFER_BYTES);
    this.buffers = new byte[buckets.count()][bytes / record * record];
    this.filled = new int[buckets.count()];
  }

  /**
   * Adds keys.
   *
   * @param rows the number of each key's row
   * @param check called now and then; throws to end the work
   */
  public void add(PackedBytes keys, int[] rows, Workers workers, BatchHash hash, Runnable check) {
    byte[] tokens = KeyTokens.of(run, keys, workers, hash, check);
    int width = buckets.tokenBytes();
    for (int i = 0; i < keys.rows(); i++) {
      int token = i * KeyTokens.BYTES;
      int bucket = buckets.of(tokens, token);
      byte[] buffer = buffers[bucket];
      int at = filled[bucket];
      System.arraycopy(tokens, token, buffer, at, width);
      BigEndian.writeInt(buffer, at + width, rows[i]);
      filled[bucket] = at + record;
      if (filled[bucket] == buffer.length) {
        flush(bucket);
      }
    }
  }

  /** Hands what is left to the spill; nothing is added afterwards. */
  public void finish() {
    for (int bucket = 0; bucket < buffers.length; bucket++) {
      flush(bucket);
      buffers[bucket] = new byte[0];
    }
  }

  private void flush(int bucket) {
    if (filled[bucket] > 0) {
      spill.append(bucket, buffers[bucket], filled[bucket]);
      filled[bucket] = 0;
    }
  }

  /**
   * What is in a bucket.
   *
   * @param tokens of its rows
   * @param rows the number of each
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Content(PackedBytes tokens, int[] rows) {
    /** The rows of some tokens. */
    public int[] rowsOf(int[] matches) {
      int[] matched = new int[matches.length];
      for (int i = 0; i < matched.length; i++) {
        matched[i] = rows[matches[i]];
      }
      return matched;
    }
  }

  /**
   * Reads a bucket.
   *
   * @throws IllegalStateException if its records are not whole
   */
  public static Content read(Buckets buckets, Spill spill, int bucket) {
    byte[] records = spill.read(bucket);
    int width = buckets.tokenBytes();
    int record = width + ROW_BYTES;
    if (records.length % record != 0) {
      throw new IllegalStateException("bucket " + bucket + " ends within a record");
    }
    int count = records.length / record;
    byte[] tokens = new byte[count * width];
    int[] rows = new int[count];
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      System.arraycopy(records, i * record, tokens, i * width, width);
      rows[i] = BigEndian.readInt(records, i * record + width);
      offsets[i + 1] = (i + 1) * width;
    }
    return new Content(new PackedBytes(tokens, offsets), rows);
  }
}
