package org.tidegate.connector.catalog;

import java.util.Arrays;
import java.util.Locale;

/** How sensitive data is, by GB/T 43697. */
public enum Grade {
  /** General data (一般数据). */
  GENERAL,
  /** Important data (重要数据). */
  IMPORTANT,
  /** Core data (核心数据). */
  CORE;

  /** The word in files and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word.
   *
   * @throws CatalogException listing the words there are
   */
  public static Grade parse(String text) {
    return Arrays.stream(values())
        .filter(grade -> grade.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new CatalogException(
                "'" + text + "' is no grade; expected general, important or core"));
  }
}
