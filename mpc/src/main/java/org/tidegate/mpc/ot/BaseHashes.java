package org.tidegate.mpc.ot;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.hash.ExpandMessageXmd;
import org.tidegate.mpc.session.Session;

/** H and K of the package, bound to one use in one run. */
final class BaseHashes {
  static final int ELEMENT = RistrettoBatch.ELEMENT_BYTES;
  static final int UNIFORM = RistrettoBatch.UNIFORM_BYTES;

  /** Transfers per piece of work. */
  static final int PIECE = 32;

  private final byte[] run;

  BaseHashes(Session session, BaseOtParameters parameters, String use) {
    run =
        session.binding().hash("tidegate.ot.base/1").text(use).bytes(parameters.digest()).finish();
  }

  /** The uniform bytes whose doubled map is H_j(element) of transfer i. Each thread has its own. */
  Masks masks() {
    return new Masks();
  }

  /** K(j, shared) of transfer i, into {@code keys}. */
  void key(
      int i, int j, byte[] elements, byte[] b, byte[] shared, int sharedAt, byte[] keys, int at) {
    byte[] key =
        new DomainHash("tidegate.ot.base.key/1")
            .bytes(run)
            .number(i)
            .number(j)
            .bytes(elements, 2 * ELEMENT * i, 2 * ELEMENT)
            .bytes(b)
            .bytes(shared, sharedAt, ELEMENT)
            .finish();
    System.arraycopy(key, 0, keys, at, SenderKeys.KEY_BYTES);
  }

  /** For one thread. */
  final class Masks {
    private final ExpandMessageXmd expand = new ExpandMessageXmd("tidegate.ot.base.mask/1");
    private final byte[] message = new byte[run.length + 8 + ELEMENT];

    private Masks() {
      System.arraycopy(run, 0, message, 0, run.length);
    }

    void uniform(int i, int j, byte[] elements, int elementAt, byte[] out, int at) {
      BigEndian.writeInt(message, run.length, i);
      BigEndian.writeInt(message, run.length + 4, j);
      System.arraycopy(elements, elementAt, message, run.length + 8, ELEMENT);
      expand.expand(message, 0, message.length, out, at, UNIFORM);
    }
  }
}
