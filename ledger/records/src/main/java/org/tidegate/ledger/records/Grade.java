package org.tidegate.ledger.records;

import java.util.Arrays;
import java.util.Locale;

/** How sensitive a column is, by GB/T 43697. */
public enum Grade {
  /** General data (一般数据). */
  GENERAL,
  /** Important data (重要数据). */
  IMPORTANT,
  /** Core data (核心数据). */
  CORE;

  /** The word in records and files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the word. */
  public static Grade parse(String text) {
    return Arrays.stream(values())
        .filter(grade -> grade.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new RecordException(
                "'"
                    + RecordException.excerpt(text)
                    + "' is no grade; expected general, important or core"));
  }
}
