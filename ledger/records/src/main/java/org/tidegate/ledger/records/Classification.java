package org.tidegate.ledger.records;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How its owner has classified a product: what a space's {@link GradePolicy} goes by.
 *
 * @param classes the owner's classes of data that stand in it, sorted; may be empty
 * @param grades the grade of every column above general; may be empty
 */
public record Classification(List<String> classes, SortedMap<String, Grade> grades)
    implements CanonicalRecord {
  private static final int MAX_ENTRIES = 2_000;

  /** Checks lengths; sorts. */
  public Classification {
    classes.forEach(name -> Ids.text("class", name, 128));
    classes = Ids.sortedDistinct("classes", Ids.size("classes", classes, 0, MAX_ENTRIES));
    if (grades.size() > MAX_ENTRIES) {
      throw new RecordException("grades: more than " + MAX_ENTRIES);
    }
    grades.forEach((column, grade) -> {
      Ids.text("column", column, 128);
      if (grade == Grade.GENERAL) {
        throw new RecordException(
            "column '" + column + "' is general, which goes without saying: leave it out");
      }
    });
    grades = Collections.unmodifiableSortedMap(new TreeMap<>(grades));
  }

  /** The highest grade of any column. */
  public Grade grade() {
    return grades.values().stream().max(Grade::compareTo).orElse(Grade.GENERAL);
  }

  /** Reads a classification. */
  public static Classification fromJson(JsonObject json) {
    json.allowOnly("classes", "grades");
    return new Classification(json.strings("classes"), grades(json.object("grades")));
  }

  /** Reads grades by column. */
  static SortedMap<String, Grade> grades(JsonObject json) {
    TreeMap<String, Grade> grades = new TreeMap<>();
    json.keys().forEach(column -> grades.put(column, Grade.parse(json.string(column))));
    return grades;
  }

  /** Grades by column as JSON. */
  static JsonObject json(Map<String, Grade> grades) {
    JsonObject.Builder json = JsonObject.builder();
    grades.forEach((column, grade) -> json.put(column, grade.text()));
    return json.build();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("classes", classes).put("grades", json(grades)).build();
  }
}
