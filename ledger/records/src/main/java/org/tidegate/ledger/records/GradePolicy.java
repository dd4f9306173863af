package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a space allows with graded columns, signed by its authority. A grade without a rule is bound
 * by grants alone.
 *
 * @param space the space's name
 * @param version 1, 2, …; each replaces the one before
 * @param rules one a grade at most, sorted by grade
 * @param at when the authority signed it
 */
public record GradePolicy(String space, int version, List<GradeRule> rules, Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.gradePolicy/1";

  /** What a policy forbids a job whose security is only semi-honest. */
  public static final String MALICIOUS = "malicious";

  /** Checks that no grade stands there twice; sorts the rules. */
  public GradePolicy {
    SpaceStatement.spaceName(space);
    if (version < 1) {
      throw new RecordException("grade policy: version " + version + "; expected 1 or more");
    }
    rules = rules.stream().sorted(Comparator.comparing(GradeRule::grade)).toList();
    Ids.sortedDistinct("rules", rules.stream().map(rule -> rule.grade().text()).toList());
    at = Times.millis(at);
  }

  /** Reads a policy. */
  public static GradePolicy fromJson(JsonObject json) {
    json.expect(TYPE, "space", "version", "rules", "at");
    return new GradePolicy(
        json.string("space"),
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.objects("rules", GradeRule::fromJson),
        json.time("at"));
  }

  /** Reads a signed policy. */
  public static Signed<GradePolicy> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, GradePolicy::fromJson);
  }

  /** The rule for a grade, or empty. */
  public Optional<GradeRule> rule(Grade grade) {
    return rules.stream().filter(rule -> rule.grade() == grade).findFirst();
  }

  /**
   * What of a grant, or of a job's need, the policy forbids.
   *
   * @param grades of the product's columns above general
   * @param columns columns × operations granted or needed
   * @param purpose of the grant or job
   * @param minimumGroup of the grant
   * @param security of the job, {@code semi-honest} or {@code malicious}; empty for a grant
   * @return what is wrong, or empty
   */
  public Optional<String> miss(
      Map<String, Grade> grades,
      ColumnUses columns,
      String purpose,
      long minimumGroup,
      Optional<String> security) {
    for (String column : columns.columns().keySet()) {
      Grade grade = grades.getOrDefault(column, Grade.GENERAL);
      Optional<String> miss =
          rule(grade).flatMap(rule -> miss(rule, column, columns, purpose, minimumGroup, security));
      if (miss.isPresent()) {
        return miss;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> miss(
      GradeRule rule,
      String column,
      ColumnUses columns,
      String purpose,
      long minimumGroup,
      Optional<String> security) {
    String what = "column '" + column + "' is of grade " + rule.grade().text() + ", ";
    for (Operation operation : columns.columns().getOrDefault(column, java.util.Set.of())) {
      if (!rule.operations().contains(operation)) {
        return Optional.of(
            what
                + "with which the space does not allow '"
                + operation
                + "', only "
                + rule.operations());
      }
    }
    if (!rule.purposes().isEmpty() && !rule.purposes().contains(purpose)) {
      return Optional.of(
          what
              + "which the space allows for the purposes "
              + rule.purposes()
              + ", not '"
              + purpose
              + "'");
    }
    if (minimumGroup < rule.minimumGroup()) {
      return Optional.of(
          what
              + "which the space allows from a minimum group of "
              + rule.minimumGroup()
              + ", not "
              + minimumGroup);
    }
    return rule.malicious() && security.filter(MALICIOUS::equals).isEmpty() && security.isPresent()
        ? Optional.of(what + "which the space allows with --security malicious only")
        : Optional.empty();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("space", space)
        .put("version", version)
        .put("rules", rules)
        .put("at", at)
        .build();
  }
}
