package org.tidegate.connector.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.Price;
import org.tidegate.ledger.records.RecordException;
import tools.jackson.databind.JsonNode;

/** The part of a grant file that a grant may leave out. */
final class GrantFileTerms {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhd])|minute|hour|day|week");

  private GrantFileTerms() {}

  /**
   * Reads the terms of an entry.
   *
   * @throws RecordException naming the key that does not fit
   */
  static GrantTerms of(JsonNode entry) {
    if (!entry.path("budget").isMissingNode()) {
      // What no protocol keeps must not be promised.
      throw new RecordException(
          "'budget': this version's protocols answer exactly; none adds the noise that a privacy"
              + " budget is spent on. Leave it out, and bound uses by count and frequency");
    }
    return new GrantTerms(
        there(entry, "price").map(GrantFileTerms::price),
        there(entry, "frequency").map(GrantFileTerms::frequency),
        Optional.empty());
  }

  private static Optional<JsonNode> there(JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw new RecordException("'" + key + "' is no object, such as {key: value, …}");
    }
    return Optional.of(value);
  }

  /** Refuses keys that nobody would act on. */
  private static void only(String what, JsonNode value, Set<String> known) {
    for (String key : value.propertyNames()) {
      if (!known.contains(key)) {
        throw new RecordException(
            what + ": unknown key '" + key + "'; expected " + new TreeSet<>(known));
      }
    }
  }

  /** Amounts as people write them, {@code 0.015}; on the ledger they are whole numbers. */
  private static Price price(JsonNode value) {
    only("price", value, Set.of("currency", "perUse", "perRow", "revenueShare"));
    JsonNode currency = value.path("currency");
    if (!currency.isString()) {
      throw new RecordException("price: 'currency' is missing; expected such as CNY");
    }
    List<BigDecimal> amounts = List.of(amount(value, "perUse"), amount(value, "perRow"));
    int decimals =
        amounts.stream()
            .mapToInt(amount -> Math.max(0, amount.stripTrailingZeros().scale()))
            .max()
            .orElse(0);
    if (decimals > 9) {
      throw new RecordException("price: an amount has more than 9 decimals");
    }
    return new Price(
        currency.asString(),
        decimals,
        whole(amounts.get(0), decimals),
        whole(amounts.get(1), decimals),
        Math.toIntExact(whole(percent(value), 2)));
  }

  private static long whole(BigDecimal amount, int decimals) {
    try {
      return amount.movePointRight(decimals).longValueExact();
    } catch (ArithmeticException e) {
      throw new RecordException(
          "price: " + amount.toPlainString() + " is too large or too fine", e);
    }
  }

  private static BigDecimal amount(JsonNode value, String key) {
    JsonNode amount = value.path(key);
    if (amount.isMissingNode()) {
      return BigDecimal.ZERO;
    }
    try {
      return new BigDecimal(amount.asString());
    } catch (NumberFormatException e) {
      throw new RecordException("price: '" + key + "' is no amount such as 12.50", e);
    }
  }

  /** {@code 2.5%} as 2.5. */
  private static BigDecimal percent(JsonNode value) {
    JsonNode share = value.path("revenueShare");
    if (share.isMissingNode()) {
      return BigDecimal.ZERO;
    }
    String text = share.asString();
    try {
      if (text.endsWith("%")) {
        return new BigDecimal(text.substring(0, text.length() - 1).strip());
      }
    } catch (NumberFormatException e) {
      throw new RecordException("price: 'revenueShare' is no share such as 2.5%", e);
    }
    throw new RecordException("price: 'revenueShare' is no share such as 2.5%");
  }

  private static Frequency frequency(JsonNode value) {
    only("frequency", value, Set.of("count", "per"));
    JsonNode count = value.path("count");
    if (!count.isIntegralNumber() || count.asLong() < 1 || count.asLong() > Frequency.MAX_COUNT) {
      throw new RecordException(
          "frequency: 'count' is no whole number from 1 to " + Frequency.MAX_COUNT);
    }
    return new Frequency((int) count.asLong(), span(value.path("per").asString("")));
  }

  /** {@code day}, {@code 12h}. */
  private static Duration span(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new RecordException(
          "frequency: 'per' is no span; expected minute, hour, day, week, or such as 90s, 30m, 12h,"
              + " 7d");
    }
    String number = span.group(1);
    String unit = number == null ? text : span.group(2);
    Duration one =
        switch (unit) {
          case "s" -> Duration.ofSeconds(1);
          case "m", "minute" -> Duration.ofMinutes(1);
          case "h", "hour" -> Duration.ofHours(1);
          case "week" -> Duration.ofDays(7);
          default -> Duration.ofDays(1);
        };
    return number == null ? one : one.multipliedBy(Long.parseLong(number));
  }
}
