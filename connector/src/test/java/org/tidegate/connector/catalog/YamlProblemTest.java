package org.tidegate.connector.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class YamlProblemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grants:\\n  - id: a\\n   product: b | line 3, column",
        "a: [1, 2\\nb: 3             | line 2, column",
        "a: \"open                   | line 1, column",
      })
  void namesThePlaceAndTheProblem(String yaml, String place) {
    JacksonException e =
        catchThrowableOfType(
            JacksonException.class, () -> new YAMLMapper().readTree(yaml.replace("\\n", "\n")));
    assertThat(YamlProblem.of(e))
        .startsWith(place)
        .doesNotContain("while ", "\n", "reader")
        .hasSizeGreaterThan(place.length() + 10);
  }
}
