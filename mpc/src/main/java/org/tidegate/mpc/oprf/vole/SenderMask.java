package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.session.Session;

/**
 * w = w_r + w_s, which makes the function's outputs unpredictable to a receiver that chose its
 * store with care: the sender is bound to w_s before it sees w_r, and w comes out after the store.
 */
final class SenderMask {
  /** The length of each part. */
  static final int BYTES = 16;

  /** The length of a commitment: H(w_s). */
  static final int COMMITMENT_BYTES = 32;

  private SenderMask() {}

  static byte[] commitment(Session session, byte[] mask) {
    return session.binding().hash("tidegate.oprf.vole.mask/1").bytes(mask).finish();
  }

  /** The sum, as a pair of words. */
  static long[] sum(byte[] a, byte[] b) {
    return new long[] {
      BigEndian.readLongLittle(a, 0) ^ BigEndian.readLongLittle(b, 0),
      BigEndian.readLongLittle(a, 8) ^ BigEndian.readLongLittle(b, 8)
    };
  }
}
