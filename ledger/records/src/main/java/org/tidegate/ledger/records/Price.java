package org.tidegate.ledger.records;

import java.util.regex.Pattern;

/**
 * What an owner asks for a grant's uses. Amounts are whole numbers of {@code 10^-decimals} of the
 * currency, so that fractions of a cent for a row can be said exactly.
 *
 * @param currency ISO 4217, such as {@code CNY}
 * @param decimals 0 to 9: with 2, amounts are in hundredths
 * @param perUse for each job that was settled, 0 or more
 * @param perRow for each row of the owner that a settled job took in, 0 or more
 * @param revenueBasisPoints stated share of the revenue made with the results, in hundredths of a
 *     per cent; what that revenue is, the ledger does not know
 */
public record Price(String currency, int decimals, long perUse, long perRow, int revenueBasisPoints)
    implements CanonicalRecord {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final long MAX_AMOUNT = 1_000_000_000_000L;
  private static final int ALL_REVENUE = 10_000;

  /** Checks the currency's form and the ranges; a price of nothing at all is none. */
  public Price {
    if (!CURRENCY.matcher(currency).matches()) {
      throw new RecordException(
          "currency '"
              + RecordException.excerpt(currency)
              + "' is not valid; expected three capital letters as in ISO 4217");
    }
    range("decimals", decimals, 9);
    range("perUse", perUse, MAX_AMOUNT);
    range("perRow", perRow, MAX_AMOUNT);
    range("revenueBasisPoints", revenueBasisPoints, ALL_REVENUE);
    if (perUse == 0 && perRow == 0 && revenueBasisPoints == 0) {
      throw new RecordException(
          "a price says perUse, perRow or revenueBasisPoints; leave it out where nothing is owed");
    }
  }

  private static void range(String what, long value, long most) {
    if (value < 0 || value > most) {
      throw new RecordException("price: " + what + " " + value + "; expected 0 to " + most);
    }
  }

  /** Reads a price. */
  public static Price fromJson(JsonObject json) {
    json.allowOnly("currency", "decimals", "perUse", "perRow", "revenueBasisPoints");
    return new Price(
        json.string("currency"),
        (int) json.number("decimals", 0, 9),
        json.number("perUse"),
        json.number("perRow"),
        (int) json.number("revenueBasisPoints", 0, ALL_REVENUE));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("currency", currency)
        .put("decimals", decimals)
        .put("perUse", perUse)
        .put("perRow", perRow)
        .put("revenueBasisPoints", revenueBasisPoints)
        .build();
  }
}
