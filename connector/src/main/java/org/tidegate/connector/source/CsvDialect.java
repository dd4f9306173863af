package org.tidegate.connector.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a CSV file is read: its first line names the columns, fields are quoted by {@code "}, and the
 * separator is the one most frequent in the first line. Fixed before DuckDB reads, so that a broken
 * row is an error of that row, never another guess at the whole file.
 *
 * @param file the file
 * @param separator comma, semicolon, tab or bar
 * @param names of the columns, as in the first line
 */
record CsvDialect(Path file, char separator, List<String> names) {
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};
  private static final int MAX_HEADER = 1 << 20;

  /**
   * Looks at the first line.
   *
   * @throws SourceException if it cannot be read or is empty
   */
  static CsvDialect of(Path file) {
    String header = header(file);
    char best = SEPARATORS[0];
    for (char separator : SEPARATORS) {
      if (count(header, separator) > count(header, best)) {
        best = separator;
      }
    }
    return new CsvDialect(file, best, split(file, header, best));
  }

  /** DuckDB's FROM item whose columns are all text. */
  String texts() {
    String columns =
        names.stream()
            .map(name -> ProductSource.literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", "));
    return "read_csv(" + options() + ", auto_detect = false, columns = {" + columns + "})";
  }

  /** DuckDB's FROM item whose columns have the types that fit all rows. */
  String typed() {
    return "read_csv(" + options() + ", sample_size = -1)";
  }

  private String options() {
    return ProductSource.literal(file.toString())
        + ", header = true, strict_mode = true, skip = 0, quote = '\"', escape = '\"', delim = "
        + ProductSource.literal(String.valueOf(separator));
  }

  /** The fields of a line. */
  private static List<String> split(Path file, String line, char separator) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : separator;
      if (c == '"') {
        if (isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (c == separator && (!isQuoted || i == line.length())) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).isBlank()) {
        throw new SourceException(
            "source.schema",
            file + ": column " + (i + 1) + " has no name; the first line must name all columns");
      }
    }
    return fields;
  }

  private static String header(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      char[] text = new char[MAX_HEADER];
      int length = 0;
      while (length < text.length) {
        int read = reader.read(text, length, Math.min(8192, text.length - length));
        if (read < 0) {
          break;
        }
        length += read;
        if (new String(text, length - read, read).indexOf('\n') >= 0) {
          break;
        }
      }
      String header =
          new String(text, 0, length).lines().findFirst().orElse("").replaceFirst("^\uFEFF", "");
      if (header.isBlank()) {
        throw new SourceException(
            "source.schema", file + ": the first line is empty; it must name the columns");
      }
      return header;
    } catch (MalformedInputException e) {
      throw new SourceException(
          "source.failed", file + ": the first lines are not UTF-8; convert the file to UTF-8", e);
    } catch (IOException e) {
      throw new SourceException("source.missing", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static int count(String header, char separator) {
    int count = 0;
    boolean isQuoted = false;
    for (int i = 0; i < header.length(); i++) {
      isQuoted ^= header.charAt(i) == '"';
      count += !isQuoted && header.charAt(i) == separator ? 1 : 0;
    }
    return count;
  }
}
