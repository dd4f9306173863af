package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.suite.ProtocolDescriptor;

/**
 * What a statement becomes: a function of its text, the products' descriptions and the numbers in
 * the proposal, so every owner derives the same bytes.
 */
public sealed interface Plan extends CanonicalRecord permits AggregatePlan, MatchPlan {
  /** Raised whenever the same statement would become another plan. */
  int VERSION = 2;

  /** Security against parties that follow the protocol. */
  String SEMI_HONEST = "semi-honest";

  /** DuckDB's version. */
  String engine();

  /** Keeps the digest from betraying a guessed statement. */
  String salt();

  /** Who receives the answer. */
  String recipient();

  /** What the two owners read, in the order of the text. */
  List<Fragment> fragments();

  /** Names and types of the answer. */
  List<ResultColumn> columns();

  /** What was used beside text and catalogue. */
  PlanNumbers numbers();

  /** The protocol's name. */
  String protocol();

  /** {@code semi-honest} or {@code malicious}. */
  String security();

  /** Digest of the protocol's parameters, which the two ends of every lane compare. */
  Digest parametersDigest();

  /** A participant's part in the protocol, by lane. */
  String role(String participant);

  /** The leakage statement: all that anybody learns beyond the own input. */
  List<Leak> leakage();

  /** The index of a participant's fragment, or −1. */
  default int fragmentOf(String participant) {
    for (int i = 0; i < fragments().size(); i++) {
      if (fragments().get(i).owner().equals(participant)) {
        return i;
      }
    }
    return -1;
  }

  /** Digest of the canonical bytes. */
  default Digest digest() {
    return Digest.of(CanonicalJson.encode(toJson()));
  }

  /** A column of the answer. */
  record ResultColumn(String name, String type) implements CanonicalRecord {
    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put("name", name).put("type", type).build();
    }
  }

  /**
   * One thing that a participant learns.
   *
   * @param participant who
   * @param ending on {@code success}, {@code refusal} or {@code abort}
   * @param code stable
   * @param what in words
   */
  record Leak(String participant, String ending, String code, String what)
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

  /** A protocol's leakage, with participants in place of roles. */
  static List<Leak> leaks(ProtocolDescriptor protocol, UnaryOperator<String> participantOfRole) {
    List<Leak> leaks = new ArrayList<>();
    for (ProtocolDescriptor.Leakage leak : protocol.leakage()) {
      leaks.add(
          new Leak(
              participantOfRole.apply(leak.role()),
              leak.ending().name().toLowerCase(Locale.ROOT),
              leak.code(),
              leak.what()));
    }
    return leaks;
  }

  /** The fields of every plan. */
  static JsonObject.Builder common(Plan plan) {
    return JsonObject.builder()
        .put("type", "tidegate.plan/1")
        .put("version", VERSION)
        .put("engine", plan.engine())
        .put("salt", plan.salt())
        .put("protocol", plan.protocol())
        .put("security", plan.security())
        .put("recipient", plan.recipient())
        .put("fragments", plan.fragments())
        .put("columns", plan.columns())
        .put("numbers", plan.numbers())
        .put("leakage", plan.leakage());
  }
}
