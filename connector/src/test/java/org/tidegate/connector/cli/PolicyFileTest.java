package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.GradeRule;
import org.tidegate.ledger.records.Operation;

/** What a policy for grades may say, and what is said about one that does not fit. */
final class PolicyFileTest {
  @Test
  void whatIsLeftOutHasItsDefault() {
    List<GradeRule> rules =
        PolicyFile.parse("rules:\n  - {grade: core, operations: [count]}\n", "the file");
    assertThat(rules).hasSize(1);
    GradeRule rule = rules.getFirst();
    assertThat(rule.grade()).isEqualTo(Grade.CORE);
    assertThat(rule.operations()).containsExactly(Operation.COUNT);
    assertThat(rule.purposes()).isEmpty();
    assertThat(rule.minimumGroup()).isEqualTo(1);
    assertThat(rule.malicious()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grades: [] | no list 'rules'",
        "rules: [{grade: secret, operations: []}] | rule 1: 'secret' is no grade",
        "rules: [{grade: core}] | 'operations' is missing",
        "rules: [{grade: core, operations: [steal]}] | 'steal' is no operation",
        "rules: [{grade: core, operations: [], colour: red}] | unknown key 'colour'",
        "rules: [{grade: core, operations: [], minimumGroup: few}] | no whole number",
        "rules: [{grade: core, operations: [], minimumGroup: 0}] | minimumGroup 0",
        "rules: [{grade: core, operations: [], security: none}] | security 'none'",
        "rules: [{grade: core, operations: [], purposes: [A B]}] | purpose 'A B'",
      })
  void whatDoesNotFitIsNamed(String yaml, String message) {
    assertThatThrownBy(() -> PolicyFile.parse(yaml, "the file"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("the file")
        .hasMessageContaining(message);
  }
}
