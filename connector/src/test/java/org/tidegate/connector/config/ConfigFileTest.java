package org.tidegate.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
  @Test
  void everyDefaultIsWhatThePageSays() {
    NodeConfig config = ConfigFile.parse("", "config.yaml");
    assertThat(config.listen()).isEqualTo(ListenAddress.AUTO);
    assertThat(config.data()).isEqualTo(new NodeConfig.Data(512L << 20, 4_000_000, 1_000_000));
    assertThat(config.planning()).isEqualTo(new NodeConfig.Planning(100));
    assertThat(config.compute())
        .isEqualTo(new NodeConfig.Compute(Runtime.getRuntime().availableProcessors()));
    assertThat(config.security()).isEqualTo(new NodeConfig.Security(3072, 40));
    assertThat(config.policy()).isEqualTo(new NodeConfig.Policy(1));
    assertThat(config.jobs())
        .isEqualTo(
            new NodeConfig.Jobs(
                Duration.ofMinutes(30), Duration.ofDays(1), Duration.ofMinutes(2), 4));
    assertThat(config.store()).isEqualTo(new NodeConfig.Store("embedded"));
  }

  @Test
  void templateIsAllDefaultsAndNamesEveryKnobWithItsClass() {
    String template = ConfigFile.template();
    assertThat(ConfigFile.parse(template, "template")).isEqualTo(ConfigFile.parse("", "empty"));
    for (Knob<?> knob : Knobs.ALL) {
      assertThat(template)
          .contains("  " + knob.key() + ": " + knob.defaultText())
          .contains(knob.kind().text() + "; ");
    }
    assertThat(template.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
  }

  @Test
  void valuesAreTyped() {
    NodeConfig config =
        ConfigFile.parse(
            """
            node:
              listen: "[::1]:7001"
            data:
              memory: 2GiB
            jobs:
              timeout: 90s
            store:
              url: jdbc:postgresql://db/tidegate
            """,
            "config.yaml");
    assertThat(config.listen()).isEqualTo(new ListenAddress(Optional.of("::1"), 7001));
    assertThat(config.data().memoryBytes()).isEqualTo(2L << 30);
    assertThat(config.jobs().timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.store().url()).isEqualTo("jdbc:postgresql://db/tidegate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "security:\\n"
            + "  paillierBits: 1024|line 2: security.paillierBits: 1024 is below the security floor"
            + " of 3072",
        "security:\\n"
            + "  paillierBits: 2048|below the security floor of 3072, which cannot be lowered",
        "security:\\n\\n"
            + "  statisticalBits: 20|line 3: security.statisticalBits: 20 is below the security"
            + " floor of 40",
        "jobs:\\n  timeuot: 3s|line 2: unknown key 'jobs.timeuot'; did you mean 'jobs.timeout'?",
        "job:\\n  timeout: 3s|line 2: unknown key 'job.timeout'; did you mean 'jobs.timeout'?",
        "jobs:\\n"
            + "  timeout: 30|line 2: jobs.timeout: '30' is no duration such as 30s; expected 5s to"
            + " 1d",
        "jobs:\\n  timeout: 1s|jobs.timeout: 1s is out of range; expected 5s to 1d",
        "jobs:\\n  timeout: 30s\\n  timeout: 40s|line 3",
        "jobs: 3|line 1: 'jobs' is a section",
        "jobs:\\n  timeout: [1, 2]|'jobs.timeout' takes one value",
        "- a|sections such as 'jobs:' expected",
        "jobs:\\n  timeout: \"30s|line 2, column 10: found unexpected end of stream",
        "data:\\n  memory: 12|'12' is no size such as 512MiB; expected 64MiB to 1024GiB",
        "data:\\n  maxRows: many|'many' is no whole number; expected 1 to 100000000",
        "node:\\n  listen: nowhere|'nowhere' is no address such as 0.0.0.0:7001",
        "store:\\n  url: jdbc:mysql://x|expected embedded, or jdbc:postgresql",
      })
  void whatDoesNotFitIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> ConfigFile.parse(text.replace("\\n", "\n"), "home/config.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("home/config.yaml, line ")
        .hasMessageContaining(message);
  }
}
