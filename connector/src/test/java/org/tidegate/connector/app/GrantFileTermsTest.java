package org.tidegate.connector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.Price;
import org.tidegate.ledger.records.RecordException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a grant file may say beyond the necessary. */
final class GrantFileTermsTest {
  private static GrantTerms terms(String yaml) {
    return GrantFileTerms.of(new YAMLMapper().readTree(yaml));
  }

  @Test
  void nothingSaidIsNothingMeant() {
    assertThat(terms("{count: 3}")).isEqualTo(GrantTerms.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{currency: CNY, perUse: 500} | 0 | 500 | 0 | 0",
        "{currency: CNY, perUse: 500.00, perRow: 0.01} | 2 | 50000 | 1 | 0",
        "{currency: EUR, perRow: 0.000000001} | 9 | 0 | 1 | 0",
        "{currency: CNY, revenueShare: 2.5%} | 0 | 0 | 0 | 250",
      })
  void amountsAreExact(String yaml, int decimals, long perUse, long perRow, int share) {
    Price price = terms("price: " + yaml).price().orElseThrow();
    assertThat(price).isEqualTo(new Price(price.currency(), decimals, perUse, perRow, share));
  }

  @ParameterizedTest
  @CsvSource({
    "minute, 60",
    "hour, 3600",
    "day, 86400",
    "week, 604800",
    "90s, 90",
    "30m, 1800",
    "12h, 43200",
    "7d, 604800"
  })
  void spansAreRead(String per, long seconds) {
    assertThat(terms("frequency: {count: 2, per: " + per + "}").frequency())
        .isEqualTo(Optional.of(new Frequency(2, Duration.ofSeconds(seconds))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price: 5 | 'price' is no object",
        "price: {perUse: 5} | 'currency' is missing",
        "price: {currency: yuan, perUse: 5} | 'yuan'",
        "price: {currency: CNY} | leave it out",
        "price: {currency: CNY, perUse: much} | 'perUse' is no amount",
        "price: {currency: CNY, perUse: -1} | perUse -1",
        "price: {currency: CNY, perRow: 0.0000000001} | more than 9 decimals",
        "price: {currency: CNY, perUse: 99999999999999999999} | too large",
        "price: {currency: CNY, revenueShare: 2.5} | no share such as 2.5%",
        "price: {currency: CNY, revenueShare: 101%} | 10100",
        "price: {currency: CNY, perUse: 5, tax: 1} | unknown key 'tax'",
        "frequency: {per: day} | 'count' is no whole number",
        "frequency: {count: 0, per: day} | 'count' is no whole number",
        "frequency: {count: 2} | 'per' is no span",
        "frequency: {count: 2, per: 0s} | 1 second to 366 days",
        "frequency: {count: 2, per: 400d} | 1 second to 366 days",
        "budget: {slice: 1000, slices: 10} | none adds the noise",
      })
  void whatDoesNotFitIsNamed(String yaml, String message) {
    assertThatThrownBy(() -> terms(yaml))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining(message);
  }
}
