package org.tidegate.mpc.psi.bucket;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.Occupancy;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * How two sets are divided, from the agreed sizes.
 *
 * @param count how many buckets, at least 1
 * @param senderRows the most distinct keys of the sender in a bucket
 * @param receiverRows the most distinct keys of the receiver in a bucket
 * @param security of each bucket's run, so that the whole has what was asked for
 * @param tokenBytes of a token, 16 or 32
 */
public record Buckets(
    int count, int senderRows, int receiverRows, SecurityLevel security, int tokenBytes) {
  private static final int SHORT_TOKEN = 16;
  private static final int LONG_TOKEN = 32;

  /** Checks the shape. */
  public Buckets {
    if (count < 1 || senderRows < 0 || receiverRows < 0) {
      throw new IllegalArgumentException(
          "%d buckets of %d and %d rows".formatted(count, senderRows, receiverRows));
    }
    if (tokenBytes != SHORT_TOKEN && tokenBytes != LONG_TOKEN) {
      throw new IllegalArgumentException("a token has 16 or 32 bytes, not " + tokenBytes);
    }
  }

  /**
   * Divides.
   *
   * @param maxSenderRows the most rows that the sender brings
   * @param maxReceiverRows the most rows that the receiver brings
   * @param bucketRows how many rows of the larger set a bucket has on average
   * @param security of the whole
   */
  public static Buckets of(
      Adversary adversary,
      SecurityLevel security,
      int maxSenderRows,
      int maxReceiverRows,
      int bucketRows) {
    int most = Math.max(1, Math.max(maxSenderRows, maxReceiverRows));
    int count = (most - 1) / bucketRows + 1;
    int lambda = security.statisticalBits();
    int each = count == 1 ? lambda : lambda + 1 + ceilLog2(count);
    return new Buckets(
        count,
        capacity(maxSenderRows, count, lambda + 2),
        capacity(maxReceiverRows, count, lambda + 2),
        new SecurityLevel(security.computationalBits(), each),
        adversary == Adversary.MALICIOUS ? LONG_TOKEN : SHORT_TOKEN);
  }

  private static int capacity(int rows, int count, int bits) {
    return rows == 0 ? 0 : Occupancy.most(rows, count, bits);
  }

  private static int ceilLog2(int n) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
  }

  /** The bucket of the token at {@code offset}, in [0, count). */
  public int of(byte[] tokens, int offset) {
    return (int) ((BigEndian.readInt(tokens, offset) & 0xffff_ffffL) * count >>> Integer.SIZE);
  }
}
