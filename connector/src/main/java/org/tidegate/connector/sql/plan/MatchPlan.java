package org.tidegate.connector.sql.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.Intersection;

/**
 * Rows of the recipient's own table whose key the other owner has, by set intersection. Both owners
 * bring the distinct keys of their fragments; the recipient learns which of its own are at the
 * other, and reads the answer from its own table.
 *
 * @param engine DuckDB's version
 * @param salt keeps the digest from betraying a guessed statement
 * @param recipient who owns the rows and receives them
 * @param fragments what the two owners read, in the order of the text; no fragment has slots
 * @param choice the protocol and why
 * @param rowsSql DuckDB text that the recipient runs over its own table, with the keys that matched
 *     in {@link #MATCHED}; one text or NULL a column
 * @param columns names and types of the answer
 * @param numbers what was used beside text and catalogue
 */
public record MatchPlan(
    String engine,
    String salt,
    String recipient,
    List<Fragment> fragments,
    MatchChoice choice,
    String rowsSql,
    List<ResultColumn> columns,
    PlanNumbers numbers)
    implements Plan {
  /** The table of the keys that matched: one column {@code key}. */
  public static final String MATCHED = "temp.main.\"matched\"";

  /** The only run's lane. */
  public static final String LANE = "match0";

  /** Copies. */
  public MatchPlan {
    fragments = List.copyOf(fragments);
    columns = List.copyOf(columns);
  }

  /** The protocol with its parameters, which both ends compare. */
  public Intersection intersection() {
    return choice.intersection();
  }

  /** The recipient's fragment. */
  public Fragment receiver() {
    return fragments.get(fragmentOf(recipient));
  }

  /** The other owner's fragment. */
  public Fragment sender() {
    return fragments.get(1 - fragmentOf(recipient));
  }

  @Override
  public String protocol() {
    return intersection().name();
  }

  @Override
  public String security() {
    return intersection().adversary().text();
  }

  @Override
  public Digest parametersDigest() {
    String text = LANE + " " + Digest.ofHash(intersection().digest()) + "\n";
    return Digest.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String role(String participant) {
    return LANE + ":" + (participant.equals(recipient) ? "receiver" : "sender");
  }

  @Override
  public List<Leak> leakage() {
    return Plan.leaks(
        intersection().descriptor(),
        role -> role.equals("receiver") ? receiver().owner() : sender().owner());
  }

  /** What it is likely to cost, from declared sizes only: sender first, receiver second. */
  public Cost cost() {
    return intersection().cost(sender().maxRows(), receiver().maxRows());
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder parameters = JsonObject.builder();
    intersection()
        .descriptor()
        .parameters()
        .forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
    return Plan.common(this).put("parameters", parameters.build()).put("rows", rowsSql).build();
  }
}
