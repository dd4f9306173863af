package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.ProtocolDescriptor;
import org.tidegate.mpc.suite.Protocols;

/** What is said of aggregates. */
record ExplainedAggregate(AggregatePlan plan) implements Explained {
  @Override
  public ProtocolDescriptor protocol() {
    return Protocols.intersectionSum(plan.parameters(plan.legs().getFirst()));
  }

  @Override
  public List<Run> runs() {
    List<Cost> costs = plan.costs();
    return plan.legs().stream().map(leg -> run(leg, costs.get(leg.index()))).toList();
  }

  private Run run(AggregatePlan.Leg leg, Cost cost) {
    Fragment owner = plan.fragments().get(leg.valueOwner());
    Fragment matcher = plan.fragments().get(leg.matcher());
    int values = owner.slots().size();
    return new Run(
        leg.lane(),
        matcher.owner(),
        owner.owner(),
        JsonObject.builder()
            .put("matcher", matcher.owner())
            .put("valueOwner", owner.owner())
            .put("values", values)
            .build(),
        matcher.owner()
            + " brings keys, "
            + owner.owner()
            + (values == 0
                ? " brings keys"
                : " brings keys and "
                    + (values == 1 ? "1 value" : values + " values")
                    + " a key, encrypted"),
        List.of("matcherCpuMillis", "ownerCpuMillis"),
        cost);
  }

  /** Whether values are encrypted at all. */
  private boolean hasValues() {
    return plan.legs().stream()
        .anyMatch(leg -> !plan.fragments().get(leg.valueOwner()).slots().isEmpty());
  }

  @Override
  public List<String> why() {
    List<String> why = new ArrayList<>();
    why.add(
        hasValues()
            ? "keys of two owners are compared and values added over those at both, without"
                + " anybody learning which these are"
            : "keys of two owners are compared and those at both counted, without anybody learning"
                + " which these are; there is no value to encrypt");
    if (plan.legs().size() > 1) {
      why.add(
          plan.legs().size()
              + " runs, because both owners bring values and a run adds those of one owner");
    } else if (hasValues()) {
      Fragment owner = plan.fragments().get(plan.legs().getFirst().valueOwner());
      why.add("one run, because only " + owner.owner() + " brings values");
    }
    for (Fragment fragment : plan.fragments()) {
      why.add(
          fragment.unique()
              ? "the join key is unique in " + Explain.name(fragment) + ", so its rows are its keys"
              : "the join key may repeat in "
                  + Explain.name(fragment)
                  + (fragment.slots().isEmpty()
                      ? ", so its owner brings each key once"
                      : ", so its owner adds up the rows of a key beforehand"));
    }
    if (hasValues()) {
      why.add("semi-honest, because sums are not offered against malicious owners");
    }
    return why;
  }

  @Override
  public JsonObject parameters() {
    JsonObject.Builder parameters = JsonObject.builder().put("group", GROUP);
    plan.numbers().toJson().fields().forEach(parameters::put);
    return parameters.build();
  }

  @Override
  public List<String> parameterLines() {
    List<String> lines = new ArrayList<>();
    lines.add("group " + GROUP + ", batches of " + plan.numbers().batchItems());
    if (hasValues()) {
      lines.add("Paillier modulus " + plan.numbers().paillierBits() + " bits");
    }
    return lines;
  }

  @Override
  public List<String> answerLines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      Plan.ResultColumn column = plan.columns().get(i);
      lines.add(column.name() + " " + column.type() + " = " + plan.finalSql().get(i));
    }
    for (int i = 0; i < plan.aggregates().size(); i++) {
      lines.add("where " + DuckText.aggregateName(i) + " = " + of(plan.aggregates().get(i)));
    }
    return lines;
  }

  private static String of(AggregateSpec spec) {
    String count =
        spec.countSlot() < 0
            ? "the number of matches"
            : "the sum of " + slot(spec.leg(), spec.countSlot());
    return switch (spec.kind()) {
      case COUNT_ROWS, COUNT -> count;
      case SUM ->
          "the sum of " + slot(spec.leg(), spec.sumSlot()) + ", NULL where " + count + " is 0";
      case AVG ->
          "the sum of "
              + slot(spec.leg(), spec.sumSlot())
              + " over "
              + count
              + ", NULL where that is 0";
    };
  }

  private static String slot(int leg, int slot) {
    return "leg" + leg + "'s s" + slot;
  }

  @Override
  public void addTo(JsonObject.Builder json) {
    json.put("aggregates", plan.aggregates()).put("final", plan.finalSql());
  }
}
