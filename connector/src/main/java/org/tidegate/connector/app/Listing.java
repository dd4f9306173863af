package org.tidegate.connector.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tidegate.ledger.records.Page;

/** Whole lists from pages. */
final class Listing {
  private Listing() {}

  /** All entries, page by page. */
  static <T> List<T> all(Function<String, Page<T>> pages) {
    List<T> all = new ArrayList<>();
    String after = "";
    do {
      Page<T> page = pages.apply(after);
      all.addAll(page.entries());
      after = page.next();
    } while (!after.isEmpty());
    return all;
  }
}
