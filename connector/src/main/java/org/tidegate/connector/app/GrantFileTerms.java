package org.tidegate.connector.app;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.Price;
import org.tidegate.ledger.records.RecordException;
import tools.jackson.databind.JsonNode;

/** The part of a grant file that a grant may leave out. */
final class GrantFileTerms {
  private GrantFileTerms() {}

  /**
   * Reads the terms of an entry.
   *
   * @throws RecordException naming the key that does not fit
   */
  static GrantTerms of(JsonNode entry) {
    return new GrantTerms(there(entry, "price").map(GrantFileTerms::price));
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
}
