package org.tidegate.connector.job;

import java.util.List;
import org.tidegate.connector.policy.DataNeed;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Method;

/**
 * What a statement becomes: the same at every participant, or the job does not run. The planner's
 * own plan stands behind it.
 */
public interface JobPlan {
  /** Digest of {@link #json}. */
  Digest digest();

  /** The plan's canonical bytes as text, salted. */
  String json();

  /** Everybody who takes part, sorted. */
  List<String> participants();

  /** Who receives the result. */
  String recipient();

  /** What it does with each product. */
  List<DataNeed> needs();

  /** The product versions it was made for. */
  List<ProductRef> products();

  /** Every number the planner used, and the protocol's parameters. */
  JsonObject numbers();

  /** {@code semi-honest} or {@code malicious}. */
  String security();

  /** Digest of the protocol's parameters, which the two ends of every lane compare. */
  Digest parametersDigest();

  /** How it is computed, for the receipts. */
  default Method method() {
    JsonObject summary = summary();
    return new Method(summary.string("protocol"), security(), summary.object("parameters"));
  }

  /** A participant's part in the protocol, for its receipt. */
  String role(String participant);

  /**
   * The plan in a result: {@code digest, protocol, security, parameters, leakage}, keys as in the
   * interface guide.
   */
  JsonObject summary();

  /**
   * All that is to be said of the plan before it runs: {@code plan} as {@link #summary}, fragments,
   * cost, needs and the reasons, and the same as {@code text} for people.
   */
  JsonObject explanation();
}
