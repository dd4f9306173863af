package org.tidegate.ledger.records;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The forms of identifiers and short texts in records. Each check returns what it was given. */
public final class Ids {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern PARTICIPANT = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private Ids() {}

  /** A grant's or product's id: {@code [a-z0-9][a-z0-9._-]{0,63}}. */
  public static String id(String what, String id) {
    return match(ID, what, id, "1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit");
  }

  /** A participant's name, which is its MSP id and SQL schema: {@code [a-z][a-z0-9_]{0,31}}. */
  public static String participant(String what, String name) {
    return match(PARTICIPANT, what, name, "1 to 32 of a-z 0-9 _, beginning with a letter");
  }

  /** A list of participants' names, sorted, without duplicates. */
  public static List<String> participants(String what, Collection<String> names) {
    names.forEach(name -> participant(what, name));
    return sortedDistinct(what, names);
  }

  /** The elements sorted by code unit; a duplicate is an error. */
  public static List<String> sortedDistinct(String what, Collection<String> elements) {
    List<String> sorted = elements.stream().sorted().distinct().toList();
    if (sorted.size() != elements.size()) {
      throw new RecordException(what + ": an entry stands there twice");
    }
    return sorted;
  }

  /**
   * A short text of {@code 1..maxLength} characters without control characters.
   *
   * @param maxLength greatest length in UTF-16 code units
   */
  public static String text(String what, String text, int maxLength) {
    if (text.isBlank() || text.length() > maxLength) {
      throw new RecordException(
          what + " has " + text.length() + " characters; expected 1 to " + maxLength);
    }
    if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new RecordException(what + " contains a control character");
    }
    return text;
  }

  /**
   * Lower-case hex of {@code minBytes..maxBytes} bytes.
   *
   * @param minBytes fewest bytes
   * @param maxBytes most bytes
   */
  public static String hex(String what, String hex, int minBytes, int maxBytes) {
    int bytes = hex.length() / 2;
    if (!isHex(hex) || bytes < minBytes || bytes > maxBytes) {
      throw new RecordException(
          what + " is not lower-case hex of " + minBytes + " to " + maxBytes + " bytes");
    }
    return hex;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return text.length() % 2 == 0;
  }

  /** Bytes as lower-case hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Refuses a list longer than {@code max} or shorter than {@code min}. */
  public static <T> List<T> size(String what, List<T> list, int min, int max) {
    if (list.size() < min || list.size() > max) {
      throw new RecordException(
          what + ": " + list.size() + " entries; expected " + min + " to " + max);
    }
    return List.copyOf(list);
  }

  private static String match(Pattern pattern, String what, String value, String expected) {
    if (!pattern.matcher(value).matches()) {
      throw new RecordException(
          what + " '" + RecordException.excerpt(value) + "' is not valid; expected " + expected);
    }
    return value;
  }
}
