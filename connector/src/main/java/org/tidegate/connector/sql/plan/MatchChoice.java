package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.Intersection;

/**
 * Which set intersection a plan takes: of those that are secure against the adversary asked for and
 * take the declared rows, the one estimated to end first. The estimate is a function of the
 * declared rows and of the line speed in the proposal; no node measures anything.
 *
 * @param intersection the protocol taken
 * @param why in words
 */
public record MatchChoice(Intersection intersection, List<String> why) {
  /** Copies. */
  public MatchChoice {
    why = List.copyOf(why);
  }

  /** A protocol that could be taken, with its time. */
  private record Candidate(Intersection intersection, long millis) {
    static Candidate of(Intersection intersection, int sender, int receiver, PlanNumbers numbers) {
      Cost cost = intersection.cost(sender, receiver);
      return new Candidate(
          intersection,
          cost.firstCpuMillis()
              + cost.secondCpuMillis()
              + numbers.lineMillis(cost.firstToSecondBytes() + cost.secondToFirstBytes()));
    }

    String words() {
      return intersection.name()
          + " about "
          + String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
  }

  /**
   * Chooses.
   *
   * @param security {@code semi-honest} or {@code malicious}
   * @param senderRows declared rows of the owner that learns nothing
   * @param receiverRows declared rows of the recipient
   * @throws SqlRefusal {@code sql.unsupported} or {@code plan.parameters} where none does it
   */
  static MatchChoice of(String security, int senderRows, int receiverRows, PlanNumbers numbers) {
    Adversary adversary = adversary(security);
    List<Candidate> candidates = new ArrayList<>();
    int most = Math.max(senderRows, receiverRows);
    if (most <= Rr22Parameters.ROWS_CEILING) {
      candidates.add(
          Candidate.of(
              new Intersection.Rr22(
                  new Rr22Parameters(
                          numbers.security(),
                          adversary,
                          LpnCode.EXPAND_CONVOLUTE_21_24,
                          senderRows,
                          receiverRows,
                          Rr22Parameters.Sizes.SHOWN,
                          StoreField.GF128,
                          Rr22Parameters.Output.RECEIVER)
                      .leanest()),
              senderRows,
              receiverRows,
              numbers));
    }
    if (adversary == Adversary.SEMI_HONEST && most <= EcdhPsiParameters.ROWS_CEILING) {
      candidates.add(
          Candidate.of(
              new Intersection.Ecdh(
                  new EcdhPsiParameters(
                      numbers.security(), senderRows, receiverRows, numbers.batchItems())),
              senderRows,
              receiverRows,
              numbers));
    }
    Candidate best =
        candidates.stream()
            .min(Comparator.comparingLong(Candidate::millis))
            .orElseThrow(() ->
                new SqlRefusal(
                    "sql.unsupported",
                    new Position(1, 1),
                    most
                        + " declared rows are too many to be matched with security '"
                        + security
                        + "'; publish a view of fewer rows"));
    return new MatchChoice(best.intersection(), why(candidates, best, adversary, numbers));
  }

  private static List<String> why(
      List<Candidate> candidates, Candidate best, Adversary adversary, PlanNumbers numbers) {
    String sizes = " for the declared rows on a line of " + numbers.lineMegabits() + " Mbit/s";
    if (candidates.size() > 1) {
      Candidate other = candidates.stream().filter(each -> each != best).findFirst().orElseThrow();
      return List.of(best.words() + sizes + ", " + other.words());
    }
    return List.of(
        best.intersection().name()
            + ", the only one "
            + (adversary == Adversary.MALICIOUS
                ? "that is secure against malicious parties"
                : "that takes so many rows")
            + "; about "
            + String.format(Locale.ROOT, "%.1f s", best.millis() / 1_000.0)
            + sizes);
  }

  private static Adversary adversary(String security) {
    for (Adversary adversary : Adversary.values()) {
      if (adversary.text().equals(security)) {
        return adversary;
      }
    }
    throw SqlRefusal.unsupported(
        Position.NONE,
        "security '" + security + "' is not known; expected semi-honest or malicious");
  }
}
