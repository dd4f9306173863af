package org.tidegate.connector.sql.plan;

import java.util.List;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.ProtocolDescriptor;

/** What is said of a plan beyond what is said of all. */
sealed interface Explained permits ExplainedAggregate, ExplainedMatch {
  /** The group that keys are blinded in. */
  String GROUP = "ristretto255";

  /** The kind's explanation. */
  static Explained of(Plan plan) {
    return switch (plan) {
      case AggregatePlan aggregate -> new ExplainedAggregate(aggregate);
      case MatchPlan match -> new ExplainedMatch(match);
    };
  }

  /** The protocol as its authors describe it. */
  ProtocolDescriptor protocol();

  /** The protocol's runs. */
  List<Run> runs();

  /** Why this protocol, and why in so many runs. */
  List<String> why();

  /** The parameters as a receipt states them. */
  JsonObject parameters();

  /** The parameters in words, one a line. */
  List<String> parameterLines();

  /** How the answer comes about, one a line. */
  List<String> answerLines();

  /** Adds what machines get beyond the fields of every plan. */
  void addTo(JsonObject.Builder json);

  /**
   * A run of the protocol.
   *
   * @param first the participant in the protocol's first role
   * @param second the participant in its second role
   * @param fields the roles and what they bring, for machines
   * @param words the same for people
   * @param cpuNames what the roles' computing is called for machines
   */
  record Run(
      String lane,
      String first,
      String second,
      JsonObject fields,
      String words,
      List<String> cpuNames,
      Cost cost)
      implements CanonicalRecord {
    /** Copies. */
    public Run {
      cpuNames = List.copyOf(cpuNames);
    }

    /** Both parties' computing, one after the other, on one core each. */
    long computeMillis() {
      return cost.firstCpuMillis() + cost.secondCpuMillis();
    }

    /** Payload both ways. */
    long bytes() {
      return cost.firstToSecondBytes() + cost.secondToFirstBytes();
    }

    @Override
    public JsonObject toJson() {
      JsonObject.Builder json = JsonObject.builder().put("lane", lane);
      fields.fields().forEach(json::put);
      return json.put(
              "bytes",
              List.of(
                  bytes(first, second, cost.firstToSecondBytes()),
                  bytes(second, first, cost.secondToFirstBytes())))
          .put("rounds", cost.rounds())
          .put(cpuNames.get(0), cost.firstCpuMillis())
          .put(cpuNames.get(1), cost.secondCpuMillis())
          .build();
    }

    private static JsonObject bytes(String from, String to, long n) {
      return JsonObject.builder().put("from", from).put("to", to).put("n", n).build();
    }
  }
}
