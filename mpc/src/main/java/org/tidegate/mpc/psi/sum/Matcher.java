package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.paillier.PaillierPublicKey;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party without values, P₁ of [2019/723, Figure 2], ready to run once. */
public final class Matcher {
  private final Session session;
  private final Agreement agreement;
  private final PackedBytes keys;
  private final KeyLists lists;
  private final RunGuard guard = new RunGuard();

  Matcher(Session session, Agreement agreement, PackedBytes keys) {
    this.session = session;
    this.agreement = agreement;
    this.keys = keys;
    this.lists = new KeyLists(session, SumSteps.PROTOCOL);
  }

  /**
   * Runs the protocol.
   *
   * @param hook called before the reveal if the value owner is the recipient
   * @return the count, and the sums if the matcher is the recipient
   * @throws GroupTooSmallException if either party's minimum group is not reached
   * @throws ProtocolAbortException if the peer or the network altered anything; there is no result
   *     then
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SumOutcome run(RevealHook hook) {
    return guard.once(session, GroupTooSmallException.class, () -> runOnce(hook));
  }

  private SumOutcome runOnce(RevealHook hook) {
    byte[] a;
    try (SecretRandom random = session.random().fork("matcher.blind")) {
      a = SecretScalars.random(random);
      sendKeys(a, random.permutation(keys.rows()));
    }
    EncryptedRows rows = receiveRows(a);
    return switch (agreement.parameters().recipient()) {
      case MATCHER -> receiveResult(rows);
      case VALUE_OWNER -> reveal(rows, hook);
    };
  }

  private void sendKeys(byte[] a, int[] order) {
    byte[] blinded = new byte[keys.rows() * KeyLists.ELEMENT];
    ElementFrames.send(
        session,
        SumSteps.MATCHER_KEYS,
        keys.rows(),
        agreement.parameters().batchItems(),
        (from, to) -> {
          lists.blind(a, keys, order, from, to, blinded);
          return Arrays.copyOfRange(blinded, from * KeyLists.ELEMENT, to * KeyLists.ELEMENT);
        });
  }

  private EncryptedRows receiveRows(byte[] a) {
    EncryptedRows rows = new EncryptedRows(session, agreement, receiveKey());
    ElementFrames.receive(
        session,
        SumSteps.OWNER_ROWS,
        agreement.ownerRows(),
        agreement.ownerRowBytes(),
        agreement.ownerBatch(),
        (from, to, frame) -> rows.take(lists, a, from, to, frame));
    return rows;
  }

  private Optional<PaillierPublicKey> receiveKey() {
    if (agreement.layout().plaintexts() == 0) {
      return Optional.empty();
    }
    var parameters = agreement.parameters().paillier();
    byte[] encoded =
        session.channel().receive(SumSteps.PUBLIC_KEY, PaillierPublicKey.encodedBytes(parameters));
    try {
      return Optional.of(PaillierPublicKey.decode(parameters, encoded));
    } catch (IllegalArgumentException e) {
      throw new ProtocolAbortException("step " + SumSteps.PUBLIC_KEY + ": " + e.getMessage(), e);
    }
  }

  private void sendReturned(EncryptedRows rows) {
    byte[] shuffled;
    try (SecretRandom random = session.random().fork("matcher.return")) {
      shuffled = KeyLists.permute(rows.blindedTwice(), random.permutation(agreement.ownerRows()));
    }
    ElementFrames.send(
        session,
        SumSteps.RETURNED,
        agreement.ownerRows(),
        agreement.parameters().batchItems(),
        (from, to) -> Arrays.copyOfRange(shuffled, from * KeyLists.ELEMENT, to * KeyLists.ELEMENT));
  }

  // The rows of the value owner that match, in its shuffled order.
  private int[] receiveMatches(EncryptedRows rows) {
    byte[] own = new byte[agreement.matcherRows() * KeyLists.ELEMENT];
    ElementFrames.receive(
        session,
        SumSteps.EVALUATED,
        agreement.matcherRows(),
        KeyLists.ELEMENT,
        agreement.parameters().batchItems(),
        (from, to, frame) ->
            System.arraycopy(frame, 0, own, from * KeyLists.ELEMENT, frame.length));
    try (SecretRandom random = session.random().fork("matcher.index")) {
      return Matches.rowsIn(rows.blindedTwice(), own, random);
    }
  }

  private SumOutcome receiveResult(EncryptedRows rows) {
    sendReturned(rows);
    Confirmation.exchange(session, SumSteps.AGREE);
    agreement.receiveVerdict(session);
    int[] matches = receiveMatches(rows);
    Confirmation.receive(session, SumSteps.SEALED, 0);
    agreement.checkCount(matches.length);
    List<BigInteger> sums = List.of();
    if (agreement.layout().plaintexts() > 0) {
      sums = openMasked(rows, matches);
    }
    Agreement.finishAsRecipient(session);
    return new SumOutcome(matches.length, sums);
  }

  private List<BigInteger> openMasked(EncryptedRows rows, int[] matches) {
    SlotLayout layout = agreement.layout();
    List<BigInteger> masks = new ArrayList<>();
    try (SecretRandom random = session.random().fork("matcher.masks")) {
      for (int slot = 0; slot < layout.places().size(); slot++) {
        masks.add(random.nextBits(layout.maskRangeBits(slot)));
      }
    }
    Confirmation.send(session, SumSteps.SUMS, rows.encryptedSums(matches, masks));
    byte[] opened = Confirmation.receive(session, SumSteps.OPENED, agreement.openedBytes());
    List<BigInteger> sums = new ArrayList<>();
    int width = agreement.parameters().paillier().modulusBytes();
    for (int slot = 0; slot < masks.size(); slot++) {
      int plaintext = layout.places().get(slot).plaintext();
      BigInteger block = BigEndian.readUnsigned(opened, plaintext * width, width);
      BigInteger sum =
          layout.unbias(
              layout.extract(block, slot).subtract(masks.get(slot)), slot, matches.length);
      sums.add(Matches.checkPossible(layout, sum, slot, matches.length));
    }
    return sums;
  }

  private SumOutcome reveal(EncryptedRows rows, RevealHook hook) {
    int[] matches = receiveMatches(rows);
    Confirmation.exchange(session, SumSteps.AGREE);
    hook.beforeReveal();
    agreement.sendVerdict(session, matches.length);
    sendReturned(rows);
    Confirmation.send(session, SumSteps.SEALED, new byte[0]);
    if (agreement.layout().plaintexts() > 0) {
      Confirmation.send(session, SumSteps.SUMS, rows.encryptedSums(matches, List.of()));
    }
    Agreement.finishAsRevealer(session);
    return new SumOutcome(matches.length, List.of());
  }
}
