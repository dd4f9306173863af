package org.tidegate.mpc.suite;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.oprf.vole.VoleOprfSteps;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.psi.rr22.Rr22Steps;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.ProtocolDescriptor.Ending;
import org.tidegate.mpc.suite.ProtocolDescriptor.FrameDescription;
import org.tidegate.mpc.suite.ProtocolDescriptor.Leakage;
import org.tidegate.mpc.suite.ProtocolDescriptor.Parameter;

/** Set intersection by an oblivious key-value store and linear evaluation, as data. */
final class Rr22Description {
  private static final String SENDER = "sender";
  private static final String RECEIVER = "receiver";

  // The handshake, and digests of transcripts.
  private static final int HELLO_BYTES = 36 + 3 * 32;

  private Rr22Description() {}

  static ProtocolDescriptor describe(Rr22Parameters p) {
    boolean malicious = p.adversary() == Adversary.MALICIOUS;
    return new ProtocolDescriptor(
        Protocols.RR22_PSI,
        1,
        malicious
            ? "ePrint 2022/320, Figure 4, with the mask of ePrint 2021/266"
            : p.field() == StoreField.GF2
                ? "ePrint 2022/320, Figure 4, values of 64 bits"
                : "ePrint 2022/320, Figure 4, fast instantiation",
        p.adversary().text()
            + ", two parties; dual learning parity with noise for "
            + p.code().text()
            + ", Diffie-Hellman on Ristretto255, random oracle; alterations between the parties are"
            + " detected before the result",
        List.of(
            new Parameter("adversary", p.adversary().text()),
            new Parameter("code", p.code().text()),
            new Parameter("valueBits", "" + p.field().valueBits()),
            new Parameter("kappaBits", "" + p.security().computationalBits()),
            new Parameter("lambdaBits", "" + p.security().statisticalBits()),
            new Parameter("maxSenderRows", "" + p.maxSenderRows()),
            new Parameter("maxReceiverRows", "" + p.maxReceiverRows()),
            new Parameter("sizes", p.sizes().name().toLowerCase(java.util.Locale.ROOT))),
        List.of(SENDER, RECEIVER),
        leakage(p),
        frames(p));
  }

  private static List<Leakage> leakage(Rr22Parameters p) {
    List<Leakage> all = new ArrayList<>();
    for (Ending ending : List.of(Ending.SUCCESS, Ending.ABORT)) {
      if (p.sizes() == Rr22Parameters.Sizes.SHOWN) {
        for (String role : List.of(SENDER, RECEIVER)) {
          all.add(new Leakage(role, ending, "size.peer", "how many distinct keys its peer brings"));
        }
      }
    }
    all.add(
        new Leakage(
            RECEIVER, Ending.SUCCESS, "rows", "which of its rows have a key that its peer has"));
    all.add(
        new Leakage(
            RECEIVER,
            Ending.ABORT,
            "rows",
            "which of its rows have a key that its peer has, of the tags that have come"));
    if (p.output() == Rr22Parameters.Output.BOTH) {
      all.add(
          new Leakage(
              SENDER, Ending.SUCCESS, "rows", "which of its rows have a key that its peer has"));
    }
    if (p.adversary() == Adversary.MALICIOUS) {
      int most = p.storeSlots(p.padded(p.maxReceiverRows(), p.maxReceiverRows()));
      for (Ending ending : List.of(Ending.SUCCESS, Ending.ABORT)) {
        all.add(
            new Leakage(
                RECEIVER,
                ending,
                "rows.chosen",
                "if it departs from the protocol: of up to n' = "
                    + most
                    + " keys of its choice, the slots of the store for "
                    + p.maxReceiverRows()
                    + " rows, which its peer has"));
      }
    }
    return all;
  }

  private static List<FrameDescription> frames(Rr22Parameters p) {
    boolean malicious = p.adversary() == Adversary.MALICIOUS;
    List<FrameDescription> frames = new ArrayList<>();
    frames.add(frame(Rr22Steps.HELLO, "both", "digest of the agreement, keys", "sizes"));
    if (malicious) {
      frames.add(frame(VoleOprfSteps.COMMITTED, SENDER, "H(w_s)", ""));
    }
    frames.add(frame(VoleOprfSteps.SEED, RECEIVER, malicious ? "r, w_r" : "r", ""));
    frames.add(frame(VoleOprfSteps.STORE, RECEIVER, "A + P, uniform", ""));
    if (malicious) {
      frames.add(frame(VoleOprfSteps.OPENED, SENDER, "w_s", ""));
    }
    frames.add(frame(Rr22Steps.AGREE, "both", "digest of both transcripts", ""));
    frames.add(frame(Rr22Steps.TAGS, SENDER, "F(y), shuffled", "the matching rows"));
    frames.add(frame(Rr22Steps.SEALED, SENDER, "digest of both transcripts", ""));
    if (p.output() == Rr22Parameters.Output.BOTH) {
      frames.add(frame(Rr22Steps.MATCHED, RECEIVER, "which tags match", "the matching rows"));
    }
    frames.add(frame(Rr22Steps.DONE, RECEIVER, "digest of both transcripts", ""));
    frames.add(frame(Rr22Steps.END, SENDER, "digest of both transcripts", ""));
    return frames;
  }

  private static FrameDescription frame(Step step, String from, String payload, String reveals) {
    return new FrameDescription(step.number(), step.name(), from, payload, reveals);
  }

  static Cost cost(Rr22Parameters p, long senderRows, long receiverRows) {
    int sender = p.padded(Math.toIntExact(senderRows), p.maxSenderRows());
    int receiver = p.padded(Math.toIntExact(receiverRows), p.maxReceiverRows());
    int slots = p.storeSlots(receiver);
    double compute = ReferenceMachine.SETUP_MILLIS + ReferenceMachine.slotMillis() * slots;
    return new Cost(
        HELLO_BYTES + p.setupSenderBytes(slots) + (long) p.tagBytes(sender, receiver) * sender,
        HELLO_BYTES + p.setupReceiverBytes(slots) + (long) p.slotBytes() * slots,
        p.adversary() == Adversary.MALICIOUS ? 9 : 6,
        Math.round(compute + ReferenceMachine.keyMillis() * sender),
        Math.round(compute * 2 + ReferenceMachine.keyMillis() * (sender + (double) receiver)));
  }
}
