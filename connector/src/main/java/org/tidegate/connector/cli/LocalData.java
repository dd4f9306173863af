package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.RecordException;

/**
 * Data laid out as {@code DIR/<participant>/<table>.csv|parquet}, optionally with {@code
 * <table>.yaml}.
 *
 * @param participants sorted by name
 */
public record LocalData(List<Participant> participants) {
  /**
   * One participant's tables.
   *
   * @param name the directory's name
   * @param directory where the files are
   * @param tables sorted by name
   */
  public record Participant(String name, Path directory, List<Table> tables) {}

  /**
   * One table.
   *
   * @param name the file's name without its ending
   * @param file the data
   * @param product the product in YAML beside it, if there is one
   */
  public record Table(String name, Path file, Optional<Path> product) {
    /** What to publish: the product in YAML if there is one, else the data as it is. */
    public Path published() {
      return product.orElse(file);
    }
  }

  /**
   * Looks through a directory.
   *
   * @throws CommandException if there are not at least two participants, or a name does not fit
   */
  public static LocalData of(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      throw bad("there is no directory " + data);
    }
    List<Participant> participants = new ArrayList<>();
    for (Path directory : children(data)) {
      if (!Files.isDirectory(directory) || directory.getFileName().toString().startsWith(".")) {
        continue;
      }
      List<Table> tables = tables(directory);
      if (!tables.isEmpty()) {
        participants.add(new Participant(name(directory), directory.toAbsolutePath(), tables));
      }
    }
    if (participants.size() < 2) {
      throw bad(
          data
              + " holds tables of "
              + (participants.size() == 1 ? "one participant" : "no participant")
              + "; a space needs two at least, laid out as"
              + " DIR/<participant>/<table>.csv or .parquet");
    }
    return new LocalData(List.copyOf(participants));
  }

  private static List<Table> tables(Path directory) throws IOException {
    List<Table> tables = new ArrayList<>();
    for (Path file : children(directory)) {
      String name = file.getFileName().toString();
      String lower = name.toLowerCase(Locale.ROOT);
      if (Files.isRegularFile(file) && (lower.endsWith(".csv") || lower.endsWith(".parquet"))) {
        String table = name.substring(0, name.lastIndexOf('.'));
        if (tables.stream().anyMatch(other -> other.name().equals(table))) {
          throw bad(directory + " holds two files for table " + table + "; keep one");
        }
        Path product = directory.resolve(table + ".yaml");
        tables.add(
            new Table(
                table,
                file.toAbsolutePath(),
                Files.exists(product) ? Optional.of(product) : Optional.empty()));
      }
    }
    return List.copyOf(tables);
  }

  private static String name(Path directory) {
    String name = directory.getFileName().toString();
    try {
      return Ids.participant("the directory's name", name);
    } catch (RecordException e) {
      throw bad(directory + ": " + e.getMessage() + "; rename it, or move it elsewhere");
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  private static CommandException bad(String message) {
    return new CommandException(Exit.USAGE, "cli.data", message);
  }
}
