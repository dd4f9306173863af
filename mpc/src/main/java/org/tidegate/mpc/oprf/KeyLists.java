package org.tidegate.mpc.oprf;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.GroupBatch;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.hash.ExpandMessageXmd;
import org.tidegate.mpc.session.Session;

/** Lists of keys and of encoded elements, worked on by the session's workers and kernels. */
public final class KeyLists {
  /** The length of an encoded element of Ristretto255. */
  public static final int ELEMENT = RistrettoBatch.ELEMENT_BYTES;

  // Items of one piece of work: a kernel's lanes and its shared inversion are filled.
  private static final int PIECE = 128;

  private final Session session;
  private final Group group;
  private final int element;
  private final String tag;

  /**
   * Lists of one run in Ristretto255.
   *
   * @param protocol goes into the domain separation tag, with the run's binding
   */
  public KeyLists(Session session, String protocol) {
    this(session, Group.RISTRETTO255, protocol);
  }

  /**
   * Lists of one run.
   *
   * @param group of the elements
   * @param protocol goes into the domain separation tag, with the run's binding
   */
  public KeyLists(Session session, Group group, String protocol) {
    this.session = session;
    this.group = group;
    this.element = group.elementBytes();
    byte[] run = session.binding().hash("tidegate.hash-to-group/1").text(protocol).finish();
    this.tag = "tidegate-V01-" + HexFormat.of().formatHex(run) + "-" + group.suite();
  }

  /**
   * out[i] = k·H(keys[order[i]]) for i in [from, to).
   *
   * @param out the whole list: element i stands at i times the length of one
   */
  public void blind(byte[] k, PackedBytes keys, int[] order, int from, int to, byte[] out) {
    session.checkAlive();
    GroupBatch kernel = session.kernels().group(group);
    int width = group.uniformBytes();
    session
        .workers()
        .forRange(
            to - from,
            PIECE,
            (a, b) -> {
              ExpandMessageXmd expand = group.expander(tag);
              byte[] uniform = new byte[(b - a) * width];
              for (int i = a; i < b; i++) {
                int row = order[from + i];
                expand.expand(
                    keys.data(),
                    keys.start(row),
                    keys.length(row),
                    uniform,
                    (i - a) * width,
                    width);
              }
              kernel.multiplyUniform(k, uniform, 0, out, (from + a) * element, b - a);
            });
  }

  /**
   * out[i] = k·in[i] for {@code count} elements of a peer, which are checked.
   *
   * @throws ProtocolAbortException if one is no canonical encoding or is the identity
   */
  public void multiply(
      Step step, byte[] k, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    session.checkAlive();
    GroupBatch kernel = session.kernels().group(group);
    AtomicInteger bad = new AtomicInteger(-1);
    session
        .workers()
        .forRange(
            count,
            PIECE,
            (a, b) -> {
              int invalid =
                  kernel.multiply(
                      k, in, inOffset + a * element, out, outOffset + a * element, b - a);
              if (invalid >= 0) {
                bad.set(a + invalid);
              }
            });
    if (bad.get() >= 0) {
      throw new ProtocolAbortException(
          "step " + step + ": the peer sent what is no element of the group");
    }
  }

  /** out[i] = list[order[i]], in Ristretto255. */
  public static byte[] permute(byte[] list, int[] order) {
    byte[] out = new byte[list.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(list, order[i] * ELEMENT, out, i * ELEMENT, ELEMENT);
    }
    return out;
  }
}
