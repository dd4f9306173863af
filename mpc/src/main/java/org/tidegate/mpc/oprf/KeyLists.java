package org.tidegate.mpc.oprf;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.curve.FixedBase;
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
    GroupBatch kernel = session.kernels().group(group);
    expand(
        keys,
        order,
        from,
        to,
        (uniform, a, b) -> kernel.multiplyUniform(k, uniform, 0, out, (from + a) * element, b - a));
  }

  /**
   * out[i − from] = c·H(keys[order[i]]) + s[i − from]·B for i in [from, to), c as {@link FixedBase}
   * says.
   *
   * @param scalars uniform, for this call only
   */
  public void blind(
      FixedBase base, byte[] scalars, PackedBytes keys, int[] order, int from, int to, byte[] out) {
    expand(
        keys,
        order,
        from,
        to,
        (uniform, a, b) ->
            base.blind(scalars, a * Group.SCALAR_BYTES, uniform, 0, out, a * element, b - a));
  }

  /** Works on pieces of the keys' expansions. */
  private void expand(PackedBytes keys, int[] order, int from, int to, Uniform work) {
    session.checkAlive();
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
              work.of(uniform, a, b);
            });
  }

  /** Takes the uniform strings of keys [a, b). */
  @FunctionalInterface
  private interface Uniform {
    void of(byte[] strings, int a, int b);
  }

  /**
   * out[i] = k·in[i] for {@code count} elements of a peer, which are checked.
   *
   * @throws ProtocolAbortException if one is no canonical encoding or is the identity
   */
  public void multiply(
      Step step, byte[] k, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    GroupBatch kernel = session.kernels().group(group);
    checked(
        step,
        count,
        (a, b) ->
            kernel.multiply(k, in, inOffset + a * element, out, outOffset + a * element, b - a));
  }

  /**
   * out[i] = c·(in[i] − s[i]·B) for {@code count} elements of a peer, which are checked; c as
   * {@link FixedBase} says.
   *
   * @throws ProtocolAbortException if one is no canonical encoding or is the identity
   */
  public void unblind(
      Step step, FixedBase base, byte[] scalars, byte[] in, byte[] out, int outOffset, int count) {
    checked(
        step,
        count,
        (a, b) ->
            base.unblind(
                scalars,
                a * Group.SCALAR_BYTES,
                in,
                a * element,
                out,
                outOffset + a * element,
                b - a));
  }

  /**
   * The table of a peer's element.
   *
   * @throws ProtocolAbortException if it is no canonical encoding or the identity
   */
  public FixedBase fixedBase(Step step, byte[] encoded) {
    try {
      return session.kernels().group(group).fixedBase(encoded);
    } catch (IllegalArgumentException notOne) {
      throw noElement(step);
    }
  }

  private void checked(Step step, int count, Checked work) {
    session.checkAlive();
    AtomicInteger bad = new AtomicInteger(-1);
    session
        .workers()
        .forRange(
            count,
            PIECE,
            (a, b) -> {
              int invalid = work.of(a, b);
              if (invalid >= 0) {
                bad.set(a + invalid);
              }
            });
    if (bad.get() >= 0) {
      throw noElement(step);
    }
  }

  /** Works on elements [a, b): −1, or the number of the first that is none. */
  @FunctionalInterface
  private interface Checked {
    int of(int a, int b);
  }

  private static ProtocolAbortException noElement(Step step) {
    return new ProtocolAbortException(
        "step " + step + ": the peer sent what is no element of the group");
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
