package org.tidegate.connector.psi;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.security.Adversary;

/**
 * The protocols there are, and which of them {@code auto} takes: the first of the list that is
 * offered against the adversary and suits the sizes.
 */
public final class PsiProtocols {
  /** Leaves the choice to the rule. */
  public static final String AUTO = "auto";

  private static final List<PsiProtocol> ALL =
      List.of(
          new Rr22Protocol("rr22-lean", StoreField.GF2),
          new Rr22Protocol("rr22", StoreField.GF128),
          new EcdhProtocol("ecdh", Group.RISTRETTO255),
          new EcdhProtocol("ecdh-sm2", Group.SM2));

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
   * The protocol to run.
   *
   * @param name one of {@link #names}
   * @throws PsiInputException if none does it
   */
  public static PsiProtocol choose(String name, PsiTerms terms) {
    require(name, terms.adversary());
    List<PsiProtocol> candidates = candidates(name, terms.adversary());
    return candidates.stream()
        .filter(protocol -> terms.maxRows() <= protocol.maxRows())
        .filter(protocol -> !name.equals(AUTO) || protocol.suits(terms))
        .findFirst()
        .orElseThrow(() ->
            new PsiInputException(
                "psi.size",
                terms.maxRows()
                    + " rows are too many for "
                    + candidates.stream().map(PsiProtocol::name).collect(Collectors.joining(", "))
                    + "; divide the files by a part of the key"));
  }

  private static List<PsiProtocol> candidates(String name, Adversary adversary) {
    return ALL.stream()
        .filter(protocol -> name.equals(AUTO) || protocol.name().equals(name))
        .filter(protocol -> protocol.adversaries().contains(adversary))
        .toList();
  }

  private static String remedy(Adversary adversary) {
    String others =
        ALL.stream()
            .filter(protocol -> protocol.adversaries().contains(adversary))
            .map(PsiProtocol::name)
            .collect(Collectors.joining(" or "));
    return others.isEmpty()
        ? "use " + Adversary.SEMI_HONEST.text()
        : "use --protocol " + others + ", or " + Adversary.SEMI_HONEST.text();
  }
}
