package org.tidegate.mpc.channel;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests what goes each way on one lane: SHA-256 over, per frame, step number (4 bytes), length (4
 * bytes) and payload. What one end has sent and the other has received gives the same digest; both
 * ends sign theirs in their receipts. Forks are lanes with transcripts of their own.
 */
public final class TranscriptChannel extends ForwardingChannel {
  /** The length of a digest. */
  public static final int DIGEST_BYTES = 32;

  private final MessageDigest sent = sha256();
  private final MessageDigest received = sha256();
  private long sentBytes;
  private long receivedBytes;

  /** Starts both transcripts. */
  public TranscriptChannel(Channel delegate) {
    super(delegate);
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    update(sent, step, buffer, offset, length);
    sentBytes += length;
    super.send(step, buffer, offset, length);
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    byte[] payload = super.receive(step, maxBytes);
    update(received, step, payload, 0, payload.length);
    receivedBytes += payload.length;
    return payload;
  }

  @Override
  public TranscriptChannel fork(String label) {
    return new TranscriptChannel(super.fork(label));
  }

  /** Both digests so far. Call from the lane's own thread. */
  public Transcript transcript() {
    return new Transcript(snapshot(sent), snapshot(received), sentBytes, receivedBytes);
  }

  private static void update(MessageDigest digest, Step step, byte[] b, int offset, int length) {
    byte[] head = new byte[8];
    for (int i = 0; i < 4; i++) {
      head[i] = (byte) (step.number() >>> 24 - 8 * i);
      head[4 + i] = (byte) (length >>> 24 - 8 * i);
    }
    digest.update(head);
    digest.update(b, offset, length);
  }

  private static byte[] snapshot(MessageDigest digest) {
    try {
      byte[] out = new byte[DIGEST_BYTES];
      ((MessageDigest) digest.clone()).digest(out, 0, DIGEST_BYTES);
      return out;
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IllegalStateException("this Java runtime's SHA-256 cannot be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /**
   * The transcript of a lane at one moment.
   *
   * @param sentDigest 32 bytes
   * @param receivedDigest 32 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // a pair of results, compared by their bytes
  public record Transcript(
      byte[] sentDigest, byte[] receivedDigest, long sentBytes, long receivedBytes) {}
}
