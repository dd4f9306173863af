package org.tidegate.connector.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names as SQL sees them: letter case does not count. */
public final class Names {
  private Names() {}

  /** The name among {@code known} that equals {@code wanted}, whatever its case. */
  public static Optional<String> find(String wanted, Collection<String> known) {
    return known.stream().filter(wanted::equalsIgnoreCase).findFirst();
  }

  /** A hint such as {@code "; did you mean 'amount'?"}, or an empty string. */
  public static String hint(String wanted, Collection<String> known) {
    return nearest(wanted, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** The known name with the fewest edits to {@code wanted}, if a third of it or less differs. */
  public static Optional<String> nearest(String wanted, Collection<String> known) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    int most = Math.max(1, (wanted.length() + 2) / 3);
    return known.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein distance. */
  static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
