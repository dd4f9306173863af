package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tidegate.connector.catalog.YamlProblem;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.GradeRule;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.RecordException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A space's rules for graded columns, in YAML:
 *
 * <pre>
 * rules:
 *   - grade: important
 *     operations: [join, filter, sum, count, avg]
 *     purposes: [credit-risk]      # by default any
 *     minimumGroup: 20             # by default 1
 *     security: malicious          # by default semi-honest
 *   - grade: core
 *     operations: []
 * </pre>
 */
final class PolicyFile {
  private static final Set<String> KEYS =
      Set.of("grade", "operations", "purposes", "minimumGroup", "security");

  private PolicyFile() {}

  /**
   * Reads the rules of a file.
   *
   * @throws CommandException naming the rule and key that do not fit
   */
  static List<GradeRule> load(Path file) {
    return parse(TextFile.read(file), file.toString());
  }

  /**
   * Reads rules.
   *
   * @param where how messages name the text
   */
  static List<GradeRule> parse(String yaml, String where) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (JacksonException e) {
      throw bad(where + " is not YAML: " + YamlProblem.of(e));
    }
    if (!root.path("rules").isArray()) {
      throw bad(where + " has no list 'rules'");
    }
    List<GradeRule> rules = new ArrayList<>();
    for (JsonNode entry : root.path("rules")) {
      try {
        rules.add(rule(entry));
      } catch (RecordException e) {
        throw bad(where + ": rule " + (rules.size() + 1) + ": " + e.getMessage());
      }
    }
    return rules;
  }

  private static GradeRule rule(JsonNode entry) {
    for (String key : entry.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new RecordException("unknown key '" + key + "'; expected " + new TreeSet<>(KEYS));
      }
    }
    if (!entry.path("operations").isArray()) {
      throw new RecordException(
          "'operations' is missing; expected such as [sum, count], or [] for none");
    }
    EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
    entry.path("operations").forEach(word -> operations.add(Operation.parse(word.asString())));
    List<String> purposes = new ArrayList<>();
    entry.path("purposes").forEach(word -> purposes.add(word.asString()));
    JsonNode minimum = entry.path("minimumGroup");
    if (!minimum.isMissingNode() && !minimum.isIntegralNumber()) {
      throw new RecordException("'minimumGroup' is no whole number");
    }
    String security = entry.path("security").asString("semi-honest");
    if (!Set.of("semi-honest", "malicious").contains(security)) {
      throw new RecordException("security '" + security + "'; expected semi-honest or malicious");
    }
    return new GradeRule(
        Grade.parse(entry.path("grade").asString("")),
        operations,
        purposes,
        minimum.asLong(1),
        security.equals("malicious"));
  }

  private static CommandException bad(String message) {
    return new CommandException(Exit.USAGE, "cli.policy", message);
  }
}
