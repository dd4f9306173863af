package org.tidegate.connector.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command's answer goes. With {@code --json -} standard output holds the object and nothing
 * else; words then go nowhere.
 */
public final class Output {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PrintStream out;
  private final PrintStream err;
  private final Optional<String> json;

  /**
   * @param out for results
   * @param err for progress and messages
   * @param json the file for machine output, {@code -} for {@code out}, or empty
   */
  public Output(PrintStream out, PrintStream err, Optional<String> json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** The mapper of machine output. */
  public static JsonMapper mapper() {
    return JSON;
  }

  /** A line of the answer in words. */
  public void line(String format, Object... values) {
    if (!json.equals(Optional.of("-"))) {
      out.println(values.length == 0 ? format : format.formatted(values));
    }
  }

  /** A line about what is going on. */
  public void note(String format, Object... values) {
    err.println(values.length == 0 ? format : format.formatted(values));
  }

  /** Where progress is drawn. */
  public PrintStream err() {
    return err;
  }

  /**
   * Checks before anything is done that the machine output can be written.
   *
   * @throws CommandException naming what is in the way
   */
  void checkTarget() {
    if (json.isEmpty() || json.get().equals("-")) {
      return;
    }
    Path file = Path.of(json.get());
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw unwritable("it is a directory");
    }
    if (parent == null || !Files.isDirectory(parent)) {
      throw unwritable("there is no directory " + parent);
    }
    if (!Files.isWritable(Files.exists(file) ? file : parent)) {
      throw unwritable("permission denied");
    }
  }

  private CommandException unwritable(String why) {
    return new CommandException(
        Exit.USAGE,
        "cli.file",
        "the file " + json.orElse("") + " of --json cannot be written: " + why);
  }

  /**
   * Writes the machine output, when it was asked for.
   *
   * @param command the command, such as {@code audit.verify}: the schema is {@code
   *     tidegate.audit.verify/1}
   * @param exit the exit code
   * @param keys what the command adds
   */
  public void json(String command, int exit, Map<String, ?> keys) {
    if (json.isEmpty()) {
      return;
    }
    Build build = Build.current();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "tidegate." + command + "/1");
    object.put("version", build.version());
    object.put("commit", build.commit());
    object.put("status", Exit.status(exit));
    object.putAll(keys);
    String text = JSON.writeValueAsString(object) + "\n";
    if (json.get().equals("-")) {
      out.print(text);
      out.flush();
      return;
    }
    try {
      Files.write(Path.of(json.get()), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(Failures.reason(e));
    }
  }

  /** An error as it stands in machine output. */
  public static Map<String, Object> error(CommandException e) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", e.code());
    e.line().ifPresent(line -> error.put("line", line));
    e.column().ifPresent(column -> error.put("column", column));
    error.put("message", e.getMessage());
    return error;
  }
}
