package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.okvs.StoreField;

/** Slots of a store on the wire: 16 bytes each, or 8 if values have 64 bits, the lowest first. */
final class StoreFrames {
  /** Slots of a frame: half a mebibyte at most. */
  static final int BATCH = 1 << 15;

  private StoreFrames() {}

  /** Bytes of a slot. */
  static int slotBytes(StoreField field) {
    return field.valueBits() / Byte.SIZE;
  }

  /** The slots a[i] + p[i] for i in [from, to). */
  static byte[] sum(StoreField field, long[] a, long[] p, int from, int to) {
    int words = field.valueBits() / Long.SIZE;
    byte[] frame = new byte[(to - from) * words * Long.BYTES];
    int at = 0;
    for (int i = from; i < to; i++) {
      for (int word = 2 * i; word < 2 * i + words; word++) {
        BigEndian.writeLongLittle(frame, at, a[word] ^ p[word]);
        at += Long.BYTES;
      }
    }
    return frame;
  }
}
