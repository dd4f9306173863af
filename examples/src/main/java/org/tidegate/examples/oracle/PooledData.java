package org.tidegate.examples.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tidegate.connector.catalog.ProductFile;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.source.ProductInference;
import org.tidegate.connector.source.SourceLimits;

/**
 * The tables below one directory: {@code DIR/<participant>/<table>.csv|parquet}, described by
 * {@code <table>.yaml} where that is there, else by the file itself.
 *
 * @param products the tables in the order of their paths
 */
public record PooledData(List<ProductFile> products) {
  /** Reads the descriptions. */
  public static PooledData read(Path directory, SourceLimits limits) throws IOException {
    List<ProductFile> products = new ArrayList<>();
    for (Path participant : list(directory)) {
      if (!Files.isDirectory(participant)) {
        continue;
      }
      String owner = participant.getFileName().toString();
      for (Path file : list(participant)) {
        String name = file.getFileName().toString();
        if (name.endsWith(".yaml")) {
          products.add(ProductFile.load(owner, file));
        } else if (name.endsWith(".csv") || name.endsWith(".parquet")) {
          String table = name.substring(0, name.lastIndexOf('.'));
          if (!Files.exists(participant.resolve(table + ".yaml"))) {
            products.add(ProductInference.infer(owner, table, file, limits));
          }
        }
      }
    }
    if (products.isEmpty()) {
      throw new CommandException(
          Exit.USAGE,
          "cli.data",
          "there is no table in " + directory + "; expected <participant>/<table>.csv or .parquet");
    }
    return new PooledData(List.copyOf(products));
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  /** The participants, in order. */
  public List<String> participants() {
    return products.stream().map(file -> file.product().owner()).distinct().toList();
  }
}
