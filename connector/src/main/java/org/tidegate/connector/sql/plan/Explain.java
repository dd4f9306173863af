package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.ProtocolDescriptor;
import org.tidegate.mpc.suite.Protocols;

/**
 * What a plan does, why, what anybody learns of it, what it costs and which grants it needs: the
 * same data for machines ({@link #toJson}) and for people ({@link #text}).
 */
public final class Explain implements CanonicalRecord {
  /** The line that transfer times are given for, in bits a second. */
  static final long LINE_BITS_PER_SECOND = 100_000_000;

  /** The group that keys are blinded in. */
  static final String GROUP = "ristretto255";

  private final Plan plan;
  private final List<Run> runs;

  private Explain(Plan plan) {
    this.plan = plan;
    List<Cost> costs = plan.costs();
    this.runs = plan.legs().stream().map(leg -> Run.of(plan, leg, costs.get(leg.index()))).toList();
  }

  /** Explains a plan. */
  public static Explain of(Plan plan) {
    return new Explain(plan);
  }

  /**
   * A run of the protocol.
   *
   * @param matcher who brings keys alone
   * @param valueOwner who brings keys and values
   * @param values columns that are summed
   */
  record Run(String lane, String matcher, String valueOwner, int values, Cost cost)
      implements CanonicalRecord {
    private static Run of(Plan plan, Plan.Leg leg, Cost cost) {
      Fragment owner = plan.fragments().get(leg.valueOwner());
      Fragment matcher = plan.fragments().get(leg.matcher());
      return new Run(leg.lane(), matcher.owner(), owner.owner(), owner.slots().size(), cost);
    }

    /** Both parties' computing, one after the other, on one core each. */
    long computeMillis() {
      return cost.firstCpuMillis() + cost.secondCpuMillis();
    }

    /** What the bytes take on the line. */
    long lineMillis() {
      return (cost.firstToSecondBytes() + cost.secondToFirstBytes()) * 8_000 / LINE_BITS_PER_SECOND;
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("lane", lane)
          .put("matcher", matcher)
          .put("valueOwner", valueOwner)
          .put("values", values)
          .put(
              "bytes",
              List.of(
                  bytes(matcher, valueOwner, cost.firstToSecondBytes()),
                  bytes(valueOwner, matcher, cost.secondToFirstBytes())))
          .put("rounds", cost.rounds())
          .put("matcherCpuMillis", cost.firstCpuMillis())
          .put("ownerCpuMillis", cost.secondCpuMillis())
          .build();
    }

    private static JsonObject bytes(String from, String to, long n) {
      return JsonObject.builder().put("from", from).put("to", to).put("n", n).build();
    }
  }

  Plan plan() {
    return plan;
  }

  List<Run> runs() {
    return runs;
  }

  /** The protocol as its authors describe it. */
  ProtocolDescriptor protocol() {
    return Protocols.intersectionSum(plan.parameters(plan.legs().getFirst()));
  }

  /** Whether values are encrypted at all. */
  boolean hasValues() {
    return runs.stream().anyMatch(run -> run.values() > 0);
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
    return runs.stream().mapToLong(Run::computeMillis).sum();
  }

  long lineMillis() {
    return runs.stream().mapToLong(Run::lineMillis).sum();
  }

  /** Why this protocol, and why in so many runs. */
  List<String> why() {
    List<String> why = new ArrayList<>();
    why.add(
        hasValues()
            ? "keys of two owners are compared and values added over those at both, without"
                + " anybody learning which these are"
            : "keys of two owners are compared and those at both counted, without anybody learning"
                + " which these are; there is no value to encrypt");
    if (runs.size() > 1) {
      why.add(
          runs.size()
              + " runs, because both owners bring values and a run adds those of one owner");
    } else if (hasValues()) {
      why.add("one run, because only " + runs.getFirst().valueOwner() + " brings values");
    }
    for (Fragment fragment : plan.fragments()) {
      why.add(
          fragment.unique()
              ? "the join key is unique in " + name(fragment) + ", so its rows are its keys"
              : "the join key may repeat in "
                  + name(fragment)
                  + ", so its owner adds up the rows of a key beforehand");
    }
    if (hasValues()) {
      why.add("semi-honest, because sums are not offered against malicious owners");
    }
    return why;
  }

  static String name(Fragment fragment) {
    return fragment.owner() + "." + fragment.product();
  }

  /** {@code digest, protocol, security, parameters, leakage, columns}, as in a query's result. */
  public JsonObject summary() {
    return JsonObject.builder()
        .put("digest", plan.digest())
        .put("protocol", Protocols.INTERSECTION_SUM)
        .put("security", Plan.SECURITY)
        .put("parameters", parameters())
        .put("leakage", plan.leakage())
        .put("columns", plan.columns())
        .build();
  }

  private JsonObject parameters() {
    JsonObject.Builder parameters = JsonObject.builder().put("group", GROUP);
    plan.numbers().toJson().fields().forEach(parameters::put);
    return parameters.build();
  }

  /** {@code plan} as in a query's result, and all that {@link #text} says. */
  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("recipient", plan.recipient())
        .put("statementReadBy", readers())
        .put("plan", summary())
        .put("source", protocol().source())
        .put("assumptions", protocol().security())
        .put("why", why())
        .put("engine", plan.engine())
        .put("fragments", plan.fragments())
        .put("aggregates", plan.aggregates())
        .put("final", plan.finalSql())
        .put("runs", runs)
        .put("cost", cost())
        .put("needs", plan.fragments().stream().map(this::need).toList())
        .put("text", text())
        .build();
  }

  private JsonObject cost() {
    return JsonObject.builder()
        .put(
            "bytes",
            runs.stream()
                .mapToLong(run -> run.cost().firstToSecondBytes() + run.cost().secondToFirstBytes())
                .sum())
        .put("rounds", runs.stream().mapToLong(run -> run.cost().rounds()).sum())
        .put("computeMillis", computeMillis())
        .put("lineMillis", lineMillis())
        .put("lineBitsPerSecond", LINE_BITS_PER_SECOND)
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

  /** The answer's columns: name, type, and the expression over aggregates. */
  List<String> outputs() {
    return IntStream.range(0, plan.columns().size())
        .mapToObj(i ->
            plan.columns().get(i).name()
                + " "
                + plan.columns().get(i).type()
                + " = "
                + plan.finalSql().get(i))
        .toList();
  }
}
