package org.tidegate.connector.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One key of the configuration file.
 *
 * @param <T> the value's type
 * @param path section and key, such as {@code jobs.timeout}
 * @param kind who may choose it
 * @param defaultText the default as it would stand in the file
 * @param help what it does, for the file's comment
 * @param range what fits, for messages and the file's comment
 * @param parse text to value; throws {@link IllegalArgumentException} with a reason when it does
 *     not fit
 */
public record Knob<T>(
    String path,
    KnobClass kind,
    String defaultText,
    String help,
    String range,
    Function<String, T> parse) {

  /** The default value. */
  public T defaultValue() {
    return parse.apply(defaultText);
  }

  /** The key's section. */
  String section() {
    return path.substring(0, path.indexOf('.'));
  }

  /** The key within its section. */
  String key() {
    return path.substring(path.indexOf('.') + 1);
  }

  static Knob<Integer> integer(
      String path, KnobClass kind, int defaultValue, int least, int most, String help) {
    return new Knob<>(
        path,
        kind,
        Integer.toString(defaultValue),
        help,
        least + " to " + most,
        text -> {
          int value;
          try {
            value = Integer.parseInt(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
          }
          if (value < least && kind == KnobClass.SECURITY) {
            throw new IllegalArgumentException(
                value + " is below the security floor of " + least + ", which cannot be lowered");
          }
          if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is out of range");
          }
          return value;
        });
  }

  static Knob<Duration> duration(
      String path, KnobClass kind, String defaultText, Duration least, Duration most, String help) {
    return new Knob<>(
        path,
        kind,
        defaultText,
        help,
        Units.text(least) + " to " + Units.text(most) + "; units ms, s, m, h, d",
        text -> {
          Duration value = Units.duration(text);
          if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return value;
        });
  }

  static Knob<Long> bytes(
      String path, KnobClass kind, String defaultText, long least, long most, String help) {
    return new Knob<>(
        path,
        kind,
        defaultText,
        help,
        Units.bytesText(least) + " to " + Units.bytesText(most) + "; units KiB, MiB, GiB",
        text -> {
          long value = Units.bytes(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return value;
        });
  }

  static Knob<Boolean> word(
      String path, KnobClass kind, boolean defaultValue, String yes, String no, String help) {
    return new Knob<>(
        path,
        kind,
        defaultValue ? yes : no,
        help,
        yes + " or " + no,
        text -> {
          if (!List.of(yes, no).contains(text)) {
            throw new IllegalArgumentException("'" + text + "' does not fit");
          }
          return text.equals(yes);
        });
  }

  static Knob<String> text(
      String path,
      KnobClass kind,
      String defaultText,
      String range,
      String help,
      Function<String, String> check) {
    return new Knob<>(path, kind, defaultText, help, range, check);
  }
}
