package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.ProtocolDescriptor;

/** What is said of matched rows. */
record ExplainedMatch(MatchPlan plan) implements Explained {
  @Override
  public ProtocolDescriptor protocol() {
    return plan.intersection().descriptor();
  }

  @Override
  public List<Run> runs() {
    String sender = plan.sender().owner();
    String receiver = plan.receiver().owner();
    return List.of(
        new Run(
            MatchPlan.LANE,
            sender,
            receiver,
            JsonObject.builder().put("sender", sender).put("receiver", receiver).build(),
            sender
                + " brings keys and learns no match, "
                + receiver
                + " brings keys and learns which match",
            List.of("senderCpuMillis", "receiverCpuMillis"),
            plan.cost()));
  }

  @Override
  public List<String> why() {
    List<String> why = new ArrayList<>();
    why.add(
        "the statement asks which rows of "
            + Explain.name(plan.receiver())
            + " have a key that "
            + Explain.name(plan.sender())
            + " has, so keys are intersected; no column of "
            + plan.sender().owner()
            + " is answered");
    why.addAll(plan.choice().why());
    why.add(
        "there is no minimum group: rows are revealed one by one, so "
            + plan.sender().owner()
            + " must have granted 'match'");
    return why;
  }

  @Override
  public JsonObject parameters() {
    JsonObject.Builder parameters = JsonObject.builder();
    protocol()
        .parameters()
        .forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
    return parameters.put("lineMegabits", plan.numbers().lineMegabits()).build();
  }

  @Override
  public List<String> parameterLines() {
    return List.of(
        protocol().parameters().stream()
            .map(parameter -> parameter.name() + " " + parameter.value())
            .collect(Collectors.joining(", ")));
  }

  @Override
  public List<String> answerLines() {
    List<String> lines = new ArrayList<>();
    plan.columns().forEach(column -> lines.add(column.name() + " " + column.type()));
    lines.add(
        "rows that "
            + plan.recipient()
            + " reads of its own table once it knows the keys in common:");
    lines.add("  " + plan.rowsSql());
    return lines;
  }

  @Override
  public void addTo(JsonObject.Builder json) {
    json.put("rows", plan.rowsSql());
  }
}
