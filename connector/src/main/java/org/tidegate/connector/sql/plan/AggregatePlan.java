package org.tidegate.connector.sql.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.psi.sum.IntersectionSumParameters;
import org.tidegate.mpc.psi.sum.Recipient;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.Protocols;

/**
 * Aggregates over the rows that two tables have in common, by the intersection-sum.
 *
 * @param engine DuckDB's version
 * @param salt keeps the digest from betraying a guessed statement
 * @param recipient who receives the answer
 * @param fragments what the two owners read, in the order of FROM
 * @param legs the protocol's runs; one a side that brings values, at least one
 * @param aggregates in the order of the select list
 * @param finalSql expressions over {@code a0, a1, …}, as DuckDB text without SELECT
 * @param columns names and types of the answer
 * @param numbers what was used beside text and catalogue
 */
public record AggregatePlan(
    String engine,
    String salt,
    String recipient,
    List<Fragment> fragments,
    List<Leg> legs,
    List<AggregateSpec> aggregates,
    List<String> finalSql,
    List<ResultColumn> columns,
    PlanNumbers numbers)
    implements Plan {
  /** Copies. */
  public AggregatePlan {
    fragments = List.copyOf(fragments);
    legs = List.copyOf(legs);
    aggregates = List.copyOf(aggregates);
    finalSql = List.copyOf(finalSql);
    columns = List.copyOf(columns);
  }

  /**
   * One run of the intersection-sum.
   *
   * @param index from 0
   * @param valueOwner index of the fragment that brings values
   */
  public record Leg(int index, int valueOwner) implements CanonicalRecord {
    /** Index of the fragment that brings keys alone. */
    public int matcher() {
      return 1 - valueOwner;
    }

    /** The lane's label. */
    public String lane() {
      return "leg" + index;
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put("index", index).put("valueOwner", valueOwner).build();
    }
  }

  /** The parameters of one run, which both ends compare. */
  public IntersectionSumParameters parameters(Leg leg) {
    Fragment owner = fragments.get(leg.valueOwner());
    return new IntersectionSumParameters(
        numbers.security(),
        numbers.paillier(),
        owner.owner().equals(recipient) ? Recipient.VALUE_OWNER : Recipient.MATCHER,
        owner.slots().stream()
            .map(slot -> new org.tidegate.mpc.psi.sum.Slot(slot.name(), slot.valueBits()))
            .toList(),
        fragments.get(leg.matcher()).maxRows(),
        owner.maxRows(),
        numbers.batchItems());
  }

  @Override
  public String protocol() {
    return Protocols.INTERSECTION_SUM;
  }

  @Override
  public String security() {
    return SEMI_HONEST;
  }

  @Override
  public Digest parametersDigest() {
    StringBuilder text = new StringBuilder();
    for (Leg leg : legs) {
      text.append(leg.lane()).append(' ');
      text.append(Digest.ofHash(parameters(leg).digest())).append('\n');
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String role(String participant) {
    int fragment = fragmentOf(participant);
    return legs.stream()
        .map(leg -> leg.lane() + ":" + (leg.valueOwner() == fragment ? "valueOwner" : "matcher"))
        .collect(Collectors.joining(" "));
  }

  @Override
  public List<Leak> leakage() {
    List<Leak> leaks = new ArrayList<>();
    for (Leg leg : legs) {
      for (Leak stated :
          Plan.leaks(
              Protocols.intersectionSum(parameters(leg)),
              role ->
                  fragments
                      .get(role.equals("valueOwner") ? leg.valueOwner() : leg.matcher())
                      .owner())) {
        if (!leaks.contains(stated)) {
          leaks.add(stated);
        }
      }
    }
    return List.copyOf(leaks);
  }

  /** What it is likely to cost: one figure a run, from declared sizes only. */
  public List<Cost> costs() {
    return legs.stream()
        .map(leg ->
            Protocols.cost(
                parameters(leg),
                fragments.get(leg.matcher()).maxRows(),
                fragments.get(leg.valueOwner()).maxRows()))
        .toList();
  }

  @Override
  public JsonObject toJson() {
    return Plan.common(this)
        .put("legs", legs)
        .put("aggregates", aggregates)
        .put("final", finalSql)
        .build();
  }
}
