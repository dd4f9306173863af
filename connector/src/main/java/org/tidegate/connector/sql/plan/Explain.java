package org.tidegate.connector.sql.plan;

import java.util.List;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;

/**
 * What a plan does, why, what anybody learns of it, what it costs and which grants it needs: the
 * same data for machines ({@link #toJson}) and for people ({@link #text}).
 */
public final class Explain implements CanonicalRecord {
  private final Plan plan;
  private final Explained explained;
  private final List<Explained.Run> runs;

  private Explain(Plan plan) {
    this.plan = plan;
    this.explained = Explained.of(plan);
    this.runs = explained.runs();
  }

  /** Explains a plan. */
  public static Explain of(Plan plan) {
    return new Explain(plan);
  }

  Plan plan() {
    return plan;
  }

  /** What is said of this kind of plan. */
  Explained explained() {
    return explained;
  }

  List<Explained.Run> runs() {
    return runs;
  }

  /** Whether an owner's columns need somebody's grant: a recipient allows its own by asking. */
  boolean needsGrant(Fragment fragment) {
    return !fragment.owner().equals(plan.recipient());
  }

  /** Who reads the statement's text: every owner plans it again before it allows anything. */
  List<String> readers() {
    return plan.fragments().stream().map(Fragment::owner).sorted().toList();
  }

  long computeMillis() {
    return runs.stream().mapToLong(Explained.Run::computeMillis).sum();
  }

  long lineMillis() {
    return runs.stream().mapToLong(run -> plan.numbers().lineMillis(run.bytes())).sum();
  }

  static String name(Fragment fragment) {
    return fragment.owner() + "." + fragment.product();
  }

  /** {@code digest, protocol, security, parameters, leakage, columns}, as in a query's result. */
  public JsonObject summary() {
    return JsonObject.builder()
        .put("digest", plan.digest())
        .put("protocol", plan.protocol())
        .put("security", plan.security())
        .put("parameters", explained.parameters())
        .put("leakage", plan.leakage())
        .put("columns", plan.columns())
        .build();
  }

  /** {@code plan} as in a query's result, and all that {@link #text} says. */
  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("recipient", plan.recipient())
            .put("statementReadBy", readers())
            .put("plan", summary())
            .put("source", explained.protocol().source())
            .put("assumptions", explained.protocol().security())
            .put("why", explained.why())
            .put("engine", plan.engine())
            .put("fragments", plan.fragments())
            .put("runs", runs)
            .put("cost", cost())
            .put("needs", plan.fragments().stream().map(this::need).toList())
            .put("text", text());
    explained.addTo(json);
    return json.build();
  }

  private JsonObject cost() {
    return JsonObject.builder()
        .put("bytes", runs.stream().mapToLong(Explained.Run::bytes).sum())
        .put("rounds", runs.stream().mapToLong(run -> run.cost().rounds()).sum())
        .put("computeMillis", computeMillis())
        .put("lineMillis", lineMillis())
        .put("lineBitsPerSecond", plan.numbers().lineMegabits() * 1_000_000L)
        .build();
  }

  private JsonObject need(Fragment fragment) {
    return JsonObject.builder()
        .put("owner", fragment.owner())
        .put("product", fragment.product())
        .put("columns", fragment.uses())
        .put("grant", needsGrant(fragment))
        .build();
  }

  /** For people; lines end with a line feed. */
  public String text() {
    return new ExplainText(this).render();
  }
}
