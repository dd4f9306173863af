package org.tidegate.mpc.suite;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.ecdh.EcdhPsiSteps;
import org.tidegate.mpc.suite.ProtocolDescriptor.Ending;
import org.tidegate.mpc.suite.ProtocolDescriptor.FrameDescription;
import org.tidegate.mpc.suite.ProtocolDescriptor.Leakage;
import org.tidegate.mpc.suite.ProtocolDescriptor.Parameter;

/** Set intersection by Diffie-Hellman as data. */
final class EcdhPsiDescription {
  private static final String SENDER = "sender";
  private static final String RECEIVER = "receiver";
  private static final int BYTES = 32;

  private EcdhPsiDescription() {}

  static ProtocolDescriptor describe(EcdhPsiParameters p) {
    return new ProtocolDescriptor(
        Protocols.ECDH_PSI,
        1,
        "2HashDH, ePrint 2014/650, Figure 2, as an oblivious pseudorandom function on each key",
        "semi-honest, two parties; one-more gap Diffie-Hellman on "
            + p.group().title()
            + ", random oracle;"
            + " alterations between the parties are detected before the result",
        List.of(
            new Parameter("group", p.group().title()),
            new Parameter("kappaBits", "" + p.security().computationalBits()),
            new Parameter("lambdaBits", "" + p.security().statisticalBits()),
            new Parameter("maxSenderRows", "" + p.maxSenderRows()),
            new Parameter("maxReceiverRows", "" + p.maxReceiverRows()),
            new Parameter("batchItems", "" + p.batchItems())),
        List.of(SENDER, RECEIVER),
        leakage(),
        frames());
  }

  private static List<Leakage> leakage() {
    List<Leakage> all = new ArrayList<>();
    for (Ending ending : List.of(Ending.SUCCESS, Ending.ABORT)) {
      for (String role : List.of(SENDER, RECEIVER)) {
        all.add(new Leakage(role, ending, "size.peer", "how many distinct keys its peer brings"));
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
            "which of its rows have a key that its peer has, of the tokens that have come"));
    return all;
  }

  private static List<FrameDescription> frames() {
    return List.of(
        frame(EcdhPsiSteps.HELLO, "both", "digest of the agreement, rows", "sizes"),
        frame(EcdhPsiSteps.BLINDED, RECEIVER, "elements a·H(x), shuffled", ""),
        frame(EcdhPsiSteps.EVALUATED, SENDER, "elements ab·H(x), in the same order", ""),
        frame(EcdhPsiSteps.AGREE, "both", "digest of both transcripts", ""),
        frame(EcdhPsiSteps.TOKENS, SENDER, "H₂(y, b·H(y)), shuffled", "the matching rows"),
        frame(EcdhPsiSteps.SEALED, SENDER, "digest of both transcripts", ""),
        frame(EcdhPsiSteps.DONE, RECEIVER, "digest of both transcripts", ""),
        frame(EcdhPsiSteps.END, SENDER, "digest of both transcripts", ""));
  }

  private static FrameDescription frame(Step step, String from, String payload, String reveals) {
    return new FrameDescription(step.number(), step.name(), from, payload, reveals);
  }

  static Cost cost(EcdhPsiParameters p, long senderRows, long receiverRows) {
    long batch = p.batchItems();
    long hello = 36;
    int rounds = (int) Math.min(1000, 4 + (receiverRows + batch - 1) / batch);
    long element = p.group().elementBytes();
    // A multiplication in the other groups takes about twice as long.
    double millis = ReferenceMachine.elementMillis() * (p.group() == Group.RISTRETTO255 ? 1 : 2);
    return new Cost(
        hello + element * receiverRows + BYTES * senderRows + 3L * BYTES,
        hello + element * receiverRows + 2L * BYTES,
        rounds,
        Math.round(millis * (senderRows + receiverRows)),
        Math.round(millis * 2 * receiverRows));
  }
}
