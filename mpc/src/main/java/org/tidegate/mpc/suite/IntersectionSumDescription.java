package org.tidegate.mpc.suite;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.psi.sum.IntersectionSumParameters;
import org.tidegate.mpc.psi.sum.Recipient;
import org.tidegate.mpc.psi.sum.SumSteps;
import org.tidegate.mpc.suite.ProtocolDescriptor.Ending;
import org.tidegate.mpc.suite.ProtocolDescriptor.FrameDescription;
import org.tidegate.mpc.suite.ProtocolDescriptor.Leakage;
import org.tidegate.mpc.suite.ProtocolDescriptor.Parameter;

/** The intersection-sum as data. */
final class IntersectionSumDescription {
  private static final String MATCHER = "matcher";
  private static final String OWNER = "valueOwner";
  private static final String BOTH = "both";
  private static final int TAG = 32;
  private static final int ELEMENT = 32;

  private IntersectionSumDescription() {}

  static ProtocolDescriptor describe(IntersectionSumParameters p) {
    boolean toMatcher = p.recipient() == Recipient.MATCHER;
    String recipient = toMatcher ? MATCHER : OWNER;
    String revealer = toMatcher ? OWNER : MATCHER;
    return new ProtocolDescriptor(
        Protocols.INTERSECTION_SUM,
        1,
        "ePrint 2019/723, Figure 2 (DDH); Paillier as in Damgård, Jurik and Nielsen 2010",
        "semi-honest, two parties; decisional Diffie-Hellman on Ristretto255, random oracle"
            + (p.slots().isEmpty() ? "" : ", decisional composite residuosity")
            + "; alterations between the parties are detected before the result",
        parameters(p),
        List.of(MATCHER, OWNER),
        leakage(p, recipient, revealer),
        frames(p, recipient, revealer));
  }

  private static List<Parameter> parameters(IntersectionSumParameters p) {
    List<Parameter> all = new ArrayList<>();
    all.add(new Parameter("group", "ristretto255"));
    all.add(new Parameter("kappaBits", "" + p.security().computationalBits()));
    all.add(new Parameter("lambdaBits", "" + p.security().statisticalBits()));
    if (!p.slots().isEmpty()) {
      all.add(new Parameter("paillierModulusBits", "" + p.paillier().modulusBits()));
      all.add(new Parameter("ciphertextsPerRow", "" + p.layout().plaintexts()));
    }
    all.add(new Parameter("recipient", p.recipient() == Recipient.MATCHER ? MATCHER : OWNER));
    all.add(new Parameter("maxMatcherRows", "" + p.maxMatcherRows()));
    all.add(new Parameter("maxValueOwnerRows", "" + p.maxValueOwnerRows()));
    all.add(new Parameter("batchItems", "" + p.batchItems()));
    p.slots()
        .forEach(
            s -> all.add(new Parameter("slot." + s.name() + ".valueBits", "" + s.valueBits())));
    return all;
  }

  private static List<Leakage> leakage(
      IntersectionSumParameters p, String recipient, String revealer) {
    List<Leakage> all = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      for (String role : List.of(MATCHER, OWNER)) {
        all.add(new Leakage(role, ending, "size.peer", "how many distinct keys its peer brings"));
        all.add(new Leakage(role, ending, "minimumGroup.peer", "its peer's minimum group"));
      }
      all.add(new Leakage(revealer, ending, "count", "how many keys are at both, not which"));
    }
    all.add(
        new Leakage(recipient, Ending.SUCCESS, "count", "how many keys are at both, not which"));
    all.add(
        new Leakage(
            recipient,
            Ending.REFUSAL,
            "count.belowMinimum",
            "that fewer keys are at both than the minimum group"));
    all.add(
        new Leakage(
            recipient,
            Ending.ABORT,
            "count",
            "how many keys are at both, if the run ends after its peer began to reveal"));
    if (!p.slots().isEmpty()) {
      String sums = "the sums of " + p.slots().size() + " columns over the keys at both";
      all.add(new Leakage(recipient, Ending.SUCCESS, "sum", sums));
      all.add(
          new Leakage(
              recipient,
              Ending.ABORT,
              "sum",
              sums + ", if the run ends after its peer's last revealing frame"));
    }
    return all;
  }

  private static List<FrameDescription> frames(
      IntersectionSumParameters p, String recipient, String revealer) {
    boolean toMatcher = p.recipient() == Recipient.MATCHER;
    boolean sums = !p.slots().isEmpty();
    List<FrameDescription> all = new ArrayList<>();
    all.add(frame(SumSteps.HELLO, BOTH, "digest of the agreement, rows, minimum group", "sizes"));
    all.add(frame(SumSteps.MATCHER_KEYS, MATCHER, "elements a·H(x), shuffled", ""));
    if (sums) {
      all.add(frame(SumSteps.PUBLIC_KEY, OWNER, "N, h_s", ""));
    }
    all.add(
        frame(
            SumSteps.OWNER_ROWS,
            OWNER,
            "elements b·H(y)" + (sums ? " with encrypted values" : "") + ", shuffled",
            ""));
    FrameDescription returned =
        frame(SumSteps.RETURNED, MATCHER, "elements ab·H(y), shuffled again", "the count");
    FrameDescription evaluated =
        frame(SumSteps.EVALUATED, OWNER, "elements ab·H(x), shuffled", "the count");
    all.add(toMatcher ? returned : evaluated);
    all.add(frame(SumSteps.AGREE, BOTH, "digest of both transcripts", ""));
    all.add(
        frame(
            SumSteps.VERDICT,
            revealer,
            "accept or refuse, digest",
            "whether the minimum group is reached"));
    all.add(toMatcher ? evaluated : returned);
    all.add(frame(SumSteps.SEALED, revealer, "digest of both transcripts", ""));
    if (sums) {
      all.add(
          frame(
              SumSteps.SUMS,
              MATCHER,
              toMatcher ? "encrypted masked sums, digest" : "encrypted sums, digest",
              toMatcher ? "" : "the sums"));
      if (toMatcher) {
        all.add(frame(SumSteps.OPENED, OWNER, "masked sums, digest", "the sums"));
      }
    }
    all.add(frame(SumSteps.DONE, recipient, "digest of both transcripts", ""));
    all.add(frame(SumSteps.END, revealer, "digest of both transcripts", ""));
    return all;
  }

  private static FrameDescription frame(Step step, String from, String payload, String reveals) {
    return new FrameDescription(step.number(), step.name(), from, payload, reveals);
  }

  static Cost cost(IntersectionSumParameters p, long matcherRows, long ownerRows) {
    long blocks = p.layout().plaintexts();
    long ciphertext = p.paillier().ciphertextBytes();
    boolean toMatcher = p.recipient() == Recipient.MATCHER;
    long hello = 40;
    long fromMatcher = hello + ELEMENT * (matcherRows + ownerRows) + 2 * TAG;
    long fromOwner =
        hello + ELEMENT * matcherRows + (ELEMENT + blocks * ciphertext) * ownerRows + 2 * TAG;
    long verdictAndSeal = 1 + 2 * TAG;
    if (toMatcher) {
      fromOwner += verdictAndSeal;
    } else {
      fromMatcher += verdictAndSeal;
    }
    if (blocks > 0) {
      fromOwner += p.paillier().modulusBytes() + ciphertext;
      fromMatcher += blocks * ciphertext + TAG;
      if (toMatcher) {
        fromOwner += blocks * p.paillier().modulusBytes() + TAG;
      }
    }
    int rounds = blocks == 0 ? 5 : 6;
    double elements = ReferenceMachine.elementMillis() * (matcherRows + ownerRows);
    double encryption = 0;
    double products = 0;
    if (blocks > 0) {
      double size = p.paillier().modulusBits() / 3072.0;
      encryption =
          ReferenceMachine.KEY_MILLIS
              + ReferenceMachine.ENCRYPT_MILLIS * size * size * size * blocks * ownerRows;
      products = ReferenceMachine.PRODUCT_MILLIS * size * size * 2 * blocks * ownerRows;
    }
    return new Cost(
        fromMatcher,
        fromOwner,
        rounds,
        Math.round(elements + products),
        Math.round(elements + encryption));
  }
}
