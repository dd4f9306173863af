package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.session.Session;

/**
 * Random transfers of 128-bit blocks from a bit VOLE: m_{i,0} = H(i, w_i) and m_{i,1} = H(i, w_i +
 * Δ), of which the receiver knows H(i, v_i), that of its bit u_i. H is SHA-256 under the run's
 * binding and the use, cut to 128 bits.
 */
public final class TransferBlocks {
  private static final int RUN_BYTES = 16;
  private static final int MESSAGE_BYTES = RUN_BYTES + 8 + 16;
  private static final int CHUNK = 512;

  private TransferBlocks() {}

  /**
   * The sender's.
   *
   * @param use what the transfers are for; both ends name it
   * @return m_{i,0} at words 4i and 4i + 1, m_{i,1} at 4i + 2 and 4i + 3
   */
  public static long[] sender(Session session, String use, SenderBits bits) {
    long[] inputs = new long[2 * bits.w().length];
    for (int i = 0; i < bits.w().length; i += 2) {
      inputs[2 * i] = bits.w()[i];
      inputs[2 * i + 1] = bits.w()[i + 1];
      inputs[2 * i + 2] = bits.w()[i] ^ bits.delta()[0];
      inputs[2 * i + 3] = bits.w()[i + 1] ^ bits.delta()[1];
    }
    return hash(session, use, inputs, 2);
  }

  /**
   * The receiver's.
   *
   * @return m_{i,u_i} at words 2i and 2i + 1
   */
  public static long[] receiver(Session session, String use, ReceiverBits bits) {
    return hash(session, use, bits.v(), 1);
  }

  private static long[] hash(Session session, String use, long[] inputs, int perTransfer) {
    byte[] run = session.binding().hash("tidegate.ot.extension.transfers/1").text(use).finish();
    long[] out = new long[inputs.length];
    session
        .workers()
        .forRange(
            inputs.length / 2,
            CHUNK,
            (from, to) -> {
              byte[] in = new byte[(to - from) * MESSAGE_BYTES];
              byte[] digests = new byte[(to - from) * BatchHash.DIGEST_BYTES];
              for (int i = from; i < to; i++) {
                int at = (i - from) * MESSAGE_BYTES;
                System.arraycopy(run, 0, in, at, RUN_BYTES);
                BigEndian.writeLong(in, at + RUN_BYTES, i / perTransfer);
                BigEndian.writeLongLittle(in, at + RUN_BYTES + 8, inputs[2 * i]);
                BigEndian.writeLongLittle(in, at + RUN_BYTES + 16, inputs[2 * i + 1]);
              }
              session.kernels().sha256().hash(in, 0, MESSAGE_BYTES, digests, 0, to - from);
              for (int i = from; i < to; i++) {
                int at = (i - from) * BatchHash.DIGEST_BYTES;
                out[2 * i] = BigEndian.readLongLittle(digests, at);
                out[2 * i + 1] = BigEndian.readLongLittle(digests, at + 8);
              }
            });
    return out;
  }
}
