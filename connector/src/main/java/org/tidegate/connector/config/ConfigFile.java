package org.tidegate.connector.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.connector.catalog.YamlProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads and writes {@code config.yaml}: two levels, sections and keys, all optional. */
public final class ConfigFile {
  /** The file's name in a node's home. */
  public static final String NAME = "config.yaml";

  private record Entry(String text, int line) {}

  private ConfigFile() {}

  /**
   * Loads a configuration.
   *
   * @param file the file; a missing one means all defaults
   * @throws ConfigException naming file, line and key, if anything in it does not fit
   */
  public static NodeConfig load(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      text = "";
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + e.getMessage());
    }
    return parse(text, file.toString());
  }

  /**
   * Reads a configuration from text.
   *
   * @param name what to call the text in messages
   * @throws ConfigException as {@link #load}
   */
  public static NodeConfig parse(String text, String name) {
    Map<String, Entry> entries = entries(text, name);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (Knobs.ALL.stream().noneMatch(knob -> knob.path().equals(entry.getKey()))) {
        throw new ConfigException(
            "%s, line %d: unknown key '%s'; did you mean '%s'?"
                .formatted(name, entry.getValue().line(), entry.getKey(), nearest(entry.getKey())));
      }
    }
    return NodeConfig.of(
        new NodeConfig.Values() {
          @Override
          public <T> T get(Knob<T> knob) {
            Entry entry = entries.get(knob.path());
            if (entry == null) {
              return knob.defaultValue();
            }
            try {
              return knob.parse().apply(entry.text());
            } catch (IllegalArgumentException e) {
              throw new ConfigException(
                  "%s, line %d: %s: %s; expected %s"
                      .formatted(name, entry.line(), knob.path(), e.getMessage(), knob.range()));
            }
          }
        });
  }

  /** The file that {@code tidegate init} writes: every key with its default, class and meaning. */
  public static String template() {
    return template(Map.of());
  }

  private static String template(Map<String, String> chosen) {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration of a Tidegate node. Every key may be left out; what stands here are the
            # defaults. Unknown keys are errors. A key's class says who may choose it:
            #   local     this node alone
            #   agreed    stands in this node's proposals, and peers check it
            #   security  as agreed, and never below its floor
            """);
    String section = "";
    for (Knob<?> knob : Knobs.ALL) {
      if (!knob.section().equals(section)) {
        section = knob.section();
        text.append('\n').append(section).append(":\n");
      }
      wrap(text, knob.help() + " (" + knob.kind().text() + "; " + knob.range() + ")");
      text.append("  ")
          .append(knob.key())
          .append(": ")
          .append(chosen.getOrDefault(knob.path(), knob.defaultText()))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Writes the template with other values than the defaults.
   *
   * @param chosen by path, such as {@code ledger.url}
   * @return the file
   */
  public static Path write(Path home, Map<String, String> chosen) throws IOException {
    Path file = home.resolve(NAME);
    Files.write(file, template(chosen).getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /**
   * Writes the template into a home that has no configuration yet.
   *
   * @return the file
   */
  public static Path write(Path home) throws IOException {
    Path file = home.resolve(NAME);
    if (!Files.exists(file)) {
      Files.write(file, template().getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static void wrap(StringBuilder text, String comment) {
    int column = 0;
    for (String word : comment.split(" ")) {
      if (column == 0 || column + word.length() > 96) {
        text.append(column == 0 ? "  #" : "\n  #");
        column = 3;
      }
      text.append(' ').append(word);
      column += 1 + word.length();
    }
    text.append('\n');
  }

  private static Map<String, Entry> entries(String text, String name) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL || emptyText(first, parser)) {
        return entries;
      }
      expect(first == JsonToken.START_OBJECT, name, parser, "sections such as 'jobs:' expected");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String section = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL || emptyText(token, parser)) {
          continue;
        }
        expect(
            token == JsonToken.START_OBJECT,
            name,
            parser,
            "'" + section + "' is a section; its keys stand indented below it");
        section(parser, section, name, entries);
      }
      expect(parser.nextToken() == null, name, parser, "one document expected");
    } catch (JacksonException e) {
      throw new ConfigException(name + ", " + YamlProblem.of(e));
    }
    return entries;
  }

  private static void section(
      JsonParser parser, String section, String name, Map<String, Entry> entries) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = section + "." + parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      JsonToken token = parser.nextToken();
      expect(token.isScalarValue(), name, parser, "'" + path + "' takes one value");
      String value = parser.getString();
      if (entries.put(path, new Entry(value == null ? "" : value.strip(), line)) != null) {
        throw new ConfigException(
            "%s, line %d: '%s' stands there twice".formatted(name, line, path));
      }
    }
  }

  private static boolean emptyText(JsonToken token, JsonParser parser) {
    return token == JsonToken.VALUE_STRING && parser.getString().isBlank();
  }

  private static void expect(boolean holds, String name, JsonParser parser, String message) {
    if (!holds) {
      throw new ConfigException(
          "%s, line %d: %s".formatted(name, parser.currentTokenLocation().getLineNr(), message));
    }
  }

  private static String nearest(String path) {
    List<String> paths = Knobs.ALL.stream().map(Knob::path).toList();
    return paths.stream()
        .min((a, b) -> Integer.compare(distance(path, a), distance(path, b)))
        .orElseThrow();
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
