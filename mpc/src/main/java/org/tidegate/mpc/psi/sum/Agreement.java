package org.tidegate.mpc.psi.sum;

import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.Handshake;
import org.tidegate.mpc.session.Session;

/**
 * What both parties know after the handshake.
 *
 * @param minimumGroup the larger of both parties' minima
 */
record Agreement(
    IntersectionSumParameters parameters,
    SlotLayout layout,
    int matcherRows,
    int ownerRows,
    int minimumGroup) {
  // Frames stay well below what a channel takes, whatever the width of a row.
  private static final int FRAME_BYTES = 1 << 19;
  private static final byte[] NOTHING = new byte[0];

  /** The matcher's handshake. */
  static Agreement asMatcher(Session session, IntersectionSumParameters p, int rows, int minimum) {
    int[] peer = hello(session, p, rows, minimum);
    checkRows("value owner", peer[0], p.maxValueOwnerRows());
    return new Agreement(p, p.layout(), rows, peer[0], Math.max(minimum, peer[1]));
  }

  /** The value owner's handshake. */
  static Agreement asOwner(Session session, IntersectionSumParameters p, int rows, int minimum) {
    int[] peer = hello(session, p, rows, minimum);
    checkRows("matcher", peer[0], p.maxMatcherRows());
    return new Agreement(p, p.layout(), peer[0], rows, Math.max(minimum, peer[1]));
  }

  private static int[] hello(
      Session session, IntersectionSumParameters p, int rows, int minimumGroup) {
    int[] peer =
        Handshake.exchange(
            session, SumSteps.HELLO, SumSteps.PROTOCOL, p.digest(), rows, minimumGroup);
    if (peer[1] < 1) {
      throw new ProtocolAbortException("the peer's minimum group is " + peer[1]);
    }
    return peer;
  }

  private static void checkRows(String role, int rows, int max) {
    if (rows < 0 || rows > max) {
      throw new ProtocolAbortException(
          "the " + role + " has " + rows + " rows, and at most " + max + " are agreed");
    }
  }

  static void checkInput(int rows, int maxRows, int minimumGroup) {
    if (rows > maxRows) {
      throw new IllegalArgumentException(
          "this party has " + rows + " rows, and at most " + maxRows + " are agreed");
    }
    if (minimumGroup < 1) {
      throw new IllegalArgumentException("a minimum group is at least 1, not " + minimumGroup);
    }
  }

  /** The bytes of one of the value owner's rows: an element and its ciphertexts. */
  int ownerRowBytes() {
    return KeyLists.ELEMENT + layout.plaintexts() * parameters.paillier().ciphertextBytes();
  }

  /** How many of the value owner's rows are in a frame. */
  int ownerBatch() {
    return Math.max(1, Math.min(parameters.batchItems(), FRAME_BYTES / ownerRowBytes()));
  }

  /** The bytes of all ciphertexts of a sum. */
  int sumBytes() {
    return layout.plaintexts() * parameters.paillier().ciphertextBytes();
  }

  /** The bytes of all plaintexts of a sum. */
  int openedBytes() {
    return layout.plaintexts() * parameters.paillier().modulusBytes();
  }

  /** Whether the group is too small; 1 means no minimum, so that a count of 0 may be answered. */
  boolean tooSmall(int matches) {
    return minimumGroup > 1 && matches < minimumGroup;
  }

  /** The party that is not the recipient: tells whether it goes on. */
  void sendVerdict(Session session, int matches) {
    boolean refuse = tooSmall(matches);
    byte[] verdict = {refuse ? SumSteps.REFUSE : SumSteps.ACCEPT};
    Confirmation.send(session, SumSteps.VERDICT, verdict);
    session.channel().flush();
    if (refuse) {
      throw new GroupTooSmallException(minimumGroup, true);
    }
  }

  /** The recipient: hears whether its peer goes on. */
  void receiveVerdict(Session session) {
    byte verdict = Confirmation.receive(session, SumSteps.VERDICT, 1)[0];
    switch (verdict) {
      case SumSteps.ACCEPT -> {}
      case SumSteps.REFUSE -> throw new GroupTooSmallException(minimumGroup, false);
      default -> throw new ProtocolAbortException("step " + SumSteps.VERDICT + ": unknown verdict");
    }
  }

  /** The recipient: counts for itself what its peer has counted. */
  void checkCount(int matches) {
    if (tooSmall(matches)) {
      throw new ProtocolAbortException(
          "the peer went on with fewer matches than the minimum group of " + minimumGroup);
    }
  }

  /** The recipient's end: the result is good only after the peer has seen the same. */
  static void finishAsRecipient(Session session) {
    Confirmation.send(session, SumSteps.DONE, NOTHING);
    Confirmation.receive(session, SumSteps.END, 0);
  }

  /** The other party's end. */
  static void finishAsRevealer(Session session) {
    Confirmation.receive(session, SumSteps.DONE, 0);
    Confirmation.send(session, SumSteps.END, NOTHING);
    session.channel().flush();
  }
}
