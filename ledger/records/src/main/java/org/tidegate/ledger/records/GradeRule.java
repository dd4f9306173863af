package org.tidegate.ledger.records;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a space allows with columns of one grade.
 *
 * @param grade the grade
 * @param operations what may be done with such a column; may be empty: nothing
 * @param purposes for which purposes, sorted; empty: for any
 * @param minimumGroup the least minimum group of a grant on such a column
 * @param malicious whether a job must be secure against parties that deviate from the protocol
 */
public record GradeRule(
    Grade grade,
    Set<Operation> operations,
    List<String> purposes,
    long minimumGroup,
    boolean malicious)
    implements CanonicalRecord {
  /** Checks names and ranges; sorts. */
  public GradeRule {
    operations =
        operations.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(operations));
    purposes.forEach(purpose -> Ids.id("purpose", purpose));
    purposes = Ids.sortedDistinct("purposes", Ids.size("purposes", purposes, 0, 200));
    if (minimumGroup < 1 || minimumGroup > 1_000_000_000L) {
      throw new RecordException(
          "rule for grade "
              + grade.text()
              + ": minimumGroup "
              + minimumGroup
              + "; expected 1 to 1000000000");
    }
  }

  /** Reads a rule. */
  public static GradeRule fromJson(JsonObject json) {
    json.allowOnly("grade", "operations", "purposes", "minimumGroup", "malicious");
    EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
    json.strings("operations").forEach(word -> operations.add(Operation.parse(word)));
    return new GradeRule(
        Grade.parse(json.string("grade")),
        operations,
        json.strings("purposes"),
        json.number("minimumGroup"),
        json.bool("malicious"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("grade", grade.text())
        .put("operations", operations.stream().map(Operation::text).sorted().toList())
        .put("purposes", purposes)
        .put("minimumGroup", minimumGroup)
        .put("malicious", malicious)
        .build();
  }
}
