package org.tidegate.connector.psi;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.security.Adversary;

/**
 * The protocols there are, and which of them {@code auto} takes: the first of the list that is
 * offered against the adversary and suits the sizes.
 */
public final class PsiProtocols {
  /** Leaves the choice to the rule. */
  public static final String AUTO = "auto";

  private static final List<PsiProtocol> USUAL =
      List.of(
          new Rr22Protocol("rr22-lean", StoreField.GF2, LpnCode.EXPAND_CONVOLUTE_21_24),
          new Rr22Protocol("rr22", StoreField.GF128, LpnCode.EXPAND_CONVOLUTE_21_24),
          new EcdhProtocol("ecdh", Group.RISTRETTO255),
          new EcdhProtocol("ecdh-sm2", Group.SM2));

  /** Taken by its name only: for measuring beside others that use this code. */
  private static final PsiProtocol LIGHTER_CODE =
      new Rr22Protocol("rr22-7x24", StoreField.GF128, LpnCode.EXPAND_CONVOLUTE_7_24);

  private static final List<PsiProtocol> ALL =
      Stream.concat(USUAL.stream(), Stream.of(LIGHTER_CODE)).toList();

  private PsiProtocols() {}

  /** What {@code --protocol} takes. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), ALL.stream().map(PsiProtocol::name)).toList();
  }

  /** What {@code --security} takes, as an adversary. */
  public static Adversary adversary(String security) {
    return Arrays.stream(Adversary.values())
        .filter(adversary -> adversary.text().equals(security))
        .findFirst()
        .orElseThrow(() ->
            new PsiInputException(
                "psi.security",
                "--security "
                    + security
                    + " is unknown; use "
                    + Arrays.stream(Adversary.values())
                        .map(Adversary::text)
                        .collect(Collectors.joining(" or "))));
  }

  /**
   * Checks a wish before anything is done.
   *
   * @param name one of {@link #names}
   * @throws PsiInputException if there is no such protocol, or none against this adversary
   */
  public static void require(String name, Adversary adversary) {
    if (!names().contains(name)) {
      throw new PsiInputException(
          "psi.protocol",
          "--protocol " + name + " is unknown; use " + String.join(" or ", names()));
    }
    if (candidates(name, adversary).isEmpty()) {
      throw new PsiInputException(
          "psi.security",
          "--security "
              + adversary.text()
              + " is not offered by "
              + (name.equals(AUTO) ? "any protocol" : name)
              + "; "
              + remedy(adversary));
    }
  }

  /**
   * How to run.
   *
   * @param name one of {@link #names}
   * @param bucketRows rows of a bucket, where sets are divided
   * @throws PsiInputException if no protocol does it
   */
  public static PsiMethod choose(String name, PsiTerms terms, int bucketRows) {
    require(name, terms.adversary());
    List<PsiProtocol> candidates = candidates(name, terms.adversary());
    return candidates.stream()
        .filter(protocol -> !name.equals(AUTO) || protocol.suits(terms))
        .map(protocol -> PsiMethod.of(protocol, terms, bucketRows))
        .filter(method -> method.protocol().takes(method.terms()))
        .findFirst()
        .orElseThrow(() -> none(candidates, terms));
  }

  private static PsiInputException none(List<PsiProtocol> candidates, PsiTerms terms) {
    String names = candidates.stream().map(PsiProtocol::name).collect(Collectors.joining(", "));
    return (terms.sizesHidden() || terms.bothLearn())
            && candidates.stream().noneMatch(PsiProtocol::divides)
        ? new PsiInputException(
            "psi.protocol",
            names + " can neither hide sizes nor tell both sides; use --protocol rr22")
        : new PsiInputException(
            "psi.size",
            terms.maxRows()
                + " rows are too many for "
                + names
                + "; use --protocol rr22, or divide the files by a part of the key");
  }

  private static List<PsiProtocol> candidates(String name, Adversary adversary) {
    return (name.equals(AUTO) ? USUAL : ALL)
        .stream()
            .filter(protocol -> name.equals(AUTO) || protocol.name().equals(name))
            .filter(protocol -> protocol.adversaries().contains(adversary))
            .toList();
  }

  private static String remedy(Adversary adversary) {
    String others =
        USUAL.stream()
            .filter(protocol -> protocol.adversaries().contains(adversary))
            .map(PsiProtocol::name)
            .collect(Collectors.joining(" or "));
    return others.isEmpty()
        ? "use " + Adversary.SEMI_HONEST.text()
        : "use --protocol " + others + ", or " + Adversary.SEMI_HONEST.text();
  }
}
