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
import org.tidegate.mpc.paillier.PaillierKeyPair;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party whose values are summed, P₂ of [2019/723, Figure 2], ready to run once. */
public final class ValueOwner {
  private final Session session;
  private final Agreement agreement;
  private final PackedBytes keys;
  private final PackedValues values;
  private final Optional<PaillierKeyPair> key;
  private final KeyLists lists;
  private final RunGuard guard = new RunGuard();

  ValueOwner(
      Session session,
      Agreement agreement,
      PackedBytes keys,
      PackedValues values,
      Optional<PaillierKeyPair> key) {
    this.session = session;
    this.agreement = agreement;
    this.keys = keys;
    this.values = values;
    this.key = key;
    this.lists = new KeyLists(session, SumSteps.PROTOCOL);
  }

  /**
   * Runs the protocol.
   *
   * @param hook called before the reveal if the matcher is the recipient
   * @return the count, and the sums if the value owner is the recipient
   * @throws GroupTooSmallException if either party's minimum group is not reached
   * @throws ProtocolAbortException if the peer or the network altered anything; there is no result
   *     then
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SumOutcome run(RevealHook hook) {
    return guard.once(session, GroupTooSmallException.class, () -> runOnce(hook));
  }

  private SumOutcome runOnce(RevealHook hook) {
    byte[] b;
    byte[] evaluated;
    try (SecretRandom random = session.random().fork("owner.blind")) {
      b = SecretScalars.random(random);
      evaluated = evaluate(b, random);
      sendRows(b, random.permutation(keys.rows()));
    }
    return switch (agreement.parameters().recipient()) {
      case MATCHER -> reveal(evaluated, hook);
      case VALUE_OWNER -> receiveResult(evaluated);
    };
  }

  // The matcher's keys to the power a·b, shuffled.
  private byte[] evaluate(byte[] b, SecretRandom random) {
    byte[] evaluated = new byte[agreement.matcherRows() * KeyLists.ELEMENT];
    ElementFrames.receive(
        session,
        SumSteps.MATCHER_KEYS,
        agreement.matcherRows(),
        KeyLists.ELEMENT,
        agreement.parameters().batchItems(),
        (from, to, frame) ->
            lists.multiply(
                SumSteps.MATCHER_KEYS, b, frame, 0, evaluated, from * KeyLists.ELEMENT, to - from));
    return KeyLists.permute(evaluated, random.permutation(agreement.matcherRows()));
  }

  private void sendRows(byte[] b, int[] order) {
    byte[] blinded = new byte[keys.rows() * KeyLists.ELEMENT];
    try (SecretRandom random = session.random().fork("owner.encrypt")) {
      Optional<RowEncryption> encryption =
          key.filter(k -> agreement.layout().plaintexts() > 0)
              .map(k -> new RowEncryption(session, agreement, values, k, random));
      encryption.ifPresent(e -> session.channel().send(SumSteps.PUBLIC_KEY, e.publicKey()));
      int stride = agreement.ownerRowBytes();
      ElementFrames.send(
          session,
          SumSteps.OWNER_ROWS,
          keys.rows(),
          agreement.ownerBatch(),
          (from, to) -> {
            lists.blind(b, keys, order, from, to, blinded);
            byte[] frame = new byte[(to - from) * stride];
            for (int i = from; i < to; i++) {
              System.arraycopy(
                  blinded, i * KeyLists.ELEMENT, frame, (i - from) * stride, KeyLists.ELEMENT);
            }
            encryption.ifPresent(e -> e.encrypt(order, from, to, frame));
            return frame;
          });
    }
  }

  private void sendEvaluated(byte[] evaluated) {
    ElementFrames.send(
        session,
        SumSteps.EVALUATED,
        agreement.matcherRows(),
        agreement.parameters().batchItems(),
        (from, to) ->
            Arrays.copyOfRange(evaluated, from * KeyLists.ELEMENT, to * KeyLists.ELEMENT));
  }

  private int receiveCount(byte[] evaluated) {
    byte[] returned = new byte[keys.rows() * KeyLists.ELEMENT];
    ElementFrames.receive(
        session,
        SumSteps.RETURNED,
        keys.rows(),
        KeyLists.ELEMENT,
        agreement.parameters().batchItems(),
        (from, to, frame) ->
            System.arraycopy(frame, 0, returned, from * KeyLists.ELEMENT, frame.length));
    try (SecretRandom random = session.random().fork("owner.index")) {
      return Matches.rowsIn(returned, evaluated, random).length;
    }
  }

  private SumOutcome reveal(byte[] evaluated, RevealHook hook) {
    int matches = receiveCount(evaluated);
    Confirmation.exchange(session, SumSteps.AGREE);
    hook.beforeReveal();
    agreement.sendVerdict(session, matches);
    sendEvaluated(evaluated);
    Confirmation.send(session, SumSteps.SEALED, new byte[0]);
    if (agreement.layout().plaintexts() > 0) {
      List<BigInteger> masked = decryptSums();
      int width = agreement.parameters().paillier().modulusBytes();
      byte[] opened = new byte[agreement.openedBytes()];
      for (int i = 0; i < masked.size(); i++) {
        BigEndian.writeUnsigned(masked.get(i), opened, i * width, width);
      }
      Confirmation.send(session, SumSteps.OPENED, opened);
    }
    Agreement.finishAsRevealer(session);
    return new SumOutcome(matches, List.of());
  }

  private SumOutcome receiveResult(byte[] evaluated) {
    sendEvaluated(evaluated);
    Confirmation.exchange(session, SumSteps.AGREE);
    agreement.receiveVerdict(session);
    int matches = receiveCount(evaluated);
    Confirmation.receive(session, SumSteps.SEALED, 0);
    agreement.checkCount(matches);
    List<BigInteger> sums = new ArrayList<>();
    if (agreement.layout().plaintexts() > 0) {
      List<BigInteger> blocks = decryptSums();
      SlotLayout layout = agreement.layout();
      for (int slot = 0; slot < layout.places().size(); slot++) {
        BigInteger block = blocks.get(layout.places().get(slot).plaintext());
        BigInteger sum = layout.unbias(layout.extract(block, slot), slot, matches);
        sums.add(Matches.checkPossible(layout, sum, slot, matches));
      }
    }
    Agreement.finishAsRecipient(session);
    return new SumOutcome(matches, sums);
  }

  private List<BigInteger> decryptSums() {
    byte[] encrypted = Confirmation.receive(session, SumSteps.SUMS, agreement.sumBytes());
    int width = agreement.parameters().paillier().ciphertextBytes();
    PaillierKeyPair pair = key.orElseThrow();
    List<BigInteger> plaintexts = new ArrayList<>();
    for (int at = 0; at < encrypted.length; at += width) {
      BigInteger ciphertext = BigEndian.readUnsigned(encrypted, at, width);
      if (!pair.publicKey().inRange(encrypted, at) || !pair.publicKey().isUnit(ciphertext)) {
        throw new ProtocolAbortException(
            "step " + SumSteps.SUMS + ": the peer sent what is no ciphertext");
      }
      plaintexts.add(pair.decryptVartime(ciphertext));
    }
    return plaintexts;
  }
}
