package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.psi.sum.IntersectionSumParameters;
import org.tidegate.mpc.psi.sum.Recipient;
import org.tidegate.mpc.suite.Cost;
import org.tidegate.mpc.suite.ProtocolDescriptor;
import org.tidegate.mpc.suite.Protocols;

/**
 * What a statement becomes: a function of its text, the products' descriptions and the numbers in
 * the proposal, so every owner derives the same bytes.
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
public record Plan(
    String engine,
    String salt,
    String recipient,
    List<Fragment> fragments,
    List<Leg> legs,
    List<AggregateSpec> aggregates,
    List<String> finalSql,
    List<ResultColumn> columns,
    PlanNumbers numbers)
    implements CanonicalRecord {
  /** Raised whenever the same statement would become another plan. */
  public static final int VERSION = 1;

  /** The security these plans offer. */
  public static final String SECURITY = "semi-honest";

  /** Copies. */
  public Plan {
    fragments = List.copyOf(fragments);
    legs = List.copyOf(legs);
    aggregates = List.copyOf(aggregates);
    finalSql = List.copyOf(finalSql);
    columns = List.copyOf(columns);
  }

  /** A column of the answer. */
  public record ResultColumn(String name, String type) implements CanonicalRecord {
    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put("name", name).put("type", type).build();
    }
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

  /** The index of a participant's fragment, or −1. */
  public int fragmentOf(String participant) {
    for (int i = 0; i < fragments.size(); i++) {
      if (fragments.get(i).owner().equals(participant)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * One thing that a participant learns.
   *
   * @param participant who
   * @param ending on {@code success}, {@code refusal} or {@code abort}
   * @param code stable
   * @param what in words
   */
  public record Leak(String participant, String ending, String code, String what)
      implements CanonicalRecord {
    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("participant", participant)
          .put("on", ending)
          .put("code", code)
          .put("what", what)
          .build();
    }
  }

  /** The leakage statement: all that anybody learns beyond the own input. */
  public List<Leak> leakage() {
    List<Leak> leaks = new ArrayList<>();
    for (Leg leg : legs) {
      ProtocolDescriptor protocol = Protocols.intersectionSum(parameters(leg));
      for (ProtocolDescriptor.Leakage leak : protocol.leakage()) {
        int fragment = leak.role().equals("valueOwner") ? leg.valueOwner() : leg.matcher();
        Leak stated =
            new Leak(
                fragments.get(fragment).owner(),
                leak.ending().name().toLowerCase(java.util.Locale.ROOT),
                leak.code(),
                leak.what());
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

  /** Digest of the canonical bytes. */
  public Digest digest() {
    return Digest.of(CanonicalJson.encode(toJson()));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", "tidegate.plan/1")
        .put("version", VERSION)
        .put("engine", engine)
        .put("salt", salt)
        .put("protocol", Protocols.INTERSECTION_SUM)
        .put("security", SECURITY)
        .put("recipient", recipient)
        .put("fragments", fragments)
        .put("legs", legs)
        .put("aggregates", aggregates)
        .put("final", finalSql)
        .put("columns", columns)
        .put("numbers", numbers)
        .put("leakage", leakage())
        .build();
  }
}
