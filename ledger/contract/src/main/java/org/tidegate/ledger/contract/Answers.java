package org.tidegate.ledger.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Page;

/** The forms of the queries' answers. */
final class Answers {
  private Answers() {}

  /** {@code {"value":{...}}}, or {@code {}} where nothing stands. */
  static JsonObject optional(Optional<JsonObject> value) {
    return JsonObject.builder().put("value", value).build();
  }

  /**
   * A page of the records under {@code prefix}: the request has {@code after} (the empty text for
   * the beginning) and {@code limit}; the answer {@code entries} and {@code next}.
   */
  static JsonObject page(Call call, String prefix, JsonObject request) {
    request.allowOnly("after", "limit");
    int limit = (int) request.number("limit", 1, Page.MAX_LIMIT);
    String after = request.string("after");
    if (!after.isEmpty()) {
      Ids.text("after", after, 200);
    }
    List<JsonObject> entries = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    // A space sorts before every character of an identifier: the first key after "after".
    String from = after.isEmpty() ? prefix : prefix + after + " ";
    call.range(
        from,
        Keys.after(prefix),
        (key, value) -> {
          keys.add(key.substring(prefix.length()));
          if (keys.size() <= limit) {
            entries.add(CanonicalJson.decode(value));
          }
          return keys.size() <= limit;
        });
    return JsonObject.builder()
        .put("entries", entries)
        .put("next", keys.size() > limit ? keys.get(limit - 1) : "")
        .build();
  }
}
