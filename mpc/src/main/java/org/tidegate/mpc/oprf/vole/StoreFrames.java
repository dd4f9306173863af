package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.bytes.BigEndian;

/** Elements of GF(2^128) on the wire: 16 bytes each, the lowest first. */
final class StoreFrames {
  static final int ELEMENT_BYTES = 16;

  /** Elements of a frame: half a mebibyte. */
  static final int BATCH = 1 << 15;

  private StoreFrames() {}

  /** The elements a[i] + p[i] for i in [from, to). */
  static byte[] sum(long[] a, long[] p, int from, int to) {
    byte[] frame = new byte[(to - from) * ELEMENT_BYTES];
    for (int word = 2 * from; word < 2 * to; word++) {
      BigEndian.writeLongLittle(frame, 8 * (word - 2 * from), a[word] ^ p[word]);
    }
    return frame;
  }
}
