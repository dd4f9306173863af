package org.tidegate.ledger.records;

import java.util.List;
import java.util.function.Function;

/**
 * A bounded part of a list on the ledger.
 *
 * @param <T> the entries' type
 * @param entries the entries of this part
 * @param next what to pass as {@code after} for the next part; the empty text when this was the
 *     last
 */
public record Page<T>(List<T> entries, String next) {
  /** The greatest number of entries in a page. */
  public static final int MAX_LIMIT = 1_000;

  /** Copies. */
  public Page {
    entries = List.copyOf(entries);
  }

  /** Reads a page of objects. */
  public static <T> Page<T> fromJson(JsonObject json, Function<JsonObject, T> parse) {
    json.allowOnly("entries", "next");
    return new Page<>(json.objects("entries", parse), json.string("next"));
  }
}
