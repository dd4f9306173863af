package org.tidegate.connector.sql;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;
import org.tidegate.connector.source.FragmentRows;
import org.tidegate.connector.source.FragmentRunner;
import org.tidegate.connector.source.MatchedRows;
import org.tidegate.connector.source.ProductCheck;
import org.tidegate.connector.source.ProductSource;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.FinalStage;
import org.tidegate.connector.sql.plan.Fragment;
import org.tidegate.connector.sql.plan.MatchPlan;
import org.tidegate.connector.sql.plan.Plan;

/**
 * Two owners' tables, both as files of their own and pooled in one DuckDB, the oracle. The protocol
 * is its ideal functionality: keys are compared in the clear.
 */
final class PooledTables implements AutoCloseable {
  private static final SourceLimits LIMITS = new SourceLimits(256, 1);

  private final List<ProductSource> sources = new ArrayList<>();
  private final Connection pooled;

  /** A result: names and types of its columns, and its only row. */
  record Answer(List<Plan.ResultColumn> columns, List<@Nullable String> row) {}

  PooledTables() throws SQLException {
    pooled = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Adds a table; {@code null} stands for NULL, and no text is empty. */
  void add(Path directory, Product product, List<List<@Nullable String>> rows)
      throws IOException, SQLException {
    Path file = directory.resolve(product.qualifiedName() + ".csv");
    StringBuilder csv =
        new StringBuilder(
            product.columnNames().stream()
                .map(PooledTables::quoted)
                .collect(Collectors.joining(",")));
    try (Statement statement = pooled.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(product.owner()));
      String table = quoted(product.owner()) + "." + quoted(product.name());
      statement.execute(
          "CREATE TABLE "
              + table
              + " ("
              + product.columns().stream()
                  .map(column -> quoted(column.name()) + " " + column.type())
                  .collect(Collectors.joining(", "))
              + ")");
      for (List<@Nullable String> row : rows) {
        csv.append('\n');
        csv.append(
            row.stream()
                .map(value -> value == null ? "" : quoted(value))
                .collect(Collectors.joining(",")));
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          String value = row.get(i);
          Column column = product.columns().get(i);
          values.add(
              value == null
                  ? "NULL"
                  : "CAST('" + value.replace("'", "''") + "' AS " + column.type() + ")");
        }
        statement.execute("INSERT INTO " + table + " VALUES (" + String.join(", ", values) + ")");
      }
    }
    Files.writeString(file, csv.append('\n'));
    sources.add(ProductCheck.check(new ProductFile(product, file, null, directory), LIMITS));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  Catalog catalog() {
    return Catalog.of(sources.stream().map(ProductSource::product).toList());
  }

  /** What DuckDB answers over the pooled tables. */
  Answer oracle(String sql) throws SQLException {
    List<Plan.ResultColumn> columns = new ArrayList<>();
    try (Statement statement = pooled.createStatement()) {
      try (ResultSet described = statement.executeQuery("DESCRIBE " + sql)) {
        while (described.next()) {
          columns.add(new Plan.ResultColumn(described.getString(1), described.getString(2)));
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + ")")) {
        rows.next();
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(rows.getString(i));
        }
        return new Answer(columns, row);
      }
    }
  }

  /** What the plan answers: fragments at their owners, ideal functionality, final stage. */
  Answer privately(AggregatePlan plan) {
    List<Map<String, List<BigInteger>>> sides = new ArrayList<>();
    for (Fragment fragment : plan.fragments()) {
      ProductSource source =
          sources.stream()
              .filter(each -> each.product().owner().equals(fragment.owner()))
              .findFirst()
              .orElseThrow();
      FragmentRows rows =
          FragmentRunner.run(
              source,
              fragment.sql(),
              fragment.slots().stream()
                  .map(slot -> new FragmentRunner.Slot(slot.name(), slot.widthBytes()))
                  .toList(),
              LIMITS,
              FragmentRunner.Control.NONE);
      sides.add(unpack(rows, fragment));
    }
    List<FinalStage.LegResult> results = new ArrayList<>();
    for (AggregatePlan.Leg leg : plan.legs()) {
      Map<String, List<BigInteger>> owner = sides.get(leg.valueOwner());
      List<String> matches =
          owner.keySet().stream().filter(sides.get(leg.matcher())::containsKey).toList();
      List<BigInteger> sums = new ArrayList<>();
      for (int slot = 0; slot < plan.fragments().get(leg.valueOwner()).slots().size(); slot++) {
        BigInteger sum = BigInteger.ZERO;
        for (String match : matches) {
          sum = sum.add(java.util.Objects.requireNonNull(owner.get(match)).get(slot));
        }
        sums.add(sum);
      }
      results.add(new FinalStage.LegResult(matches.size(), sums));
    }
    return new Answer(plan.columns(), FinalStage.evaluate(plan, results));
  }

  /** All rows that DuckDB answers over the pooled tables. */
  List<List<@Nullable String>> oracleRows(String sql) throws SQLException {
    try (Statement statement = pooled.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<@Nullable String>> all = new ArrayList<>();
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
      return all;
    }
  }

  /** What a match answers: both owners' keys, compared in the clear, and the recipient's rows. */
  List<List<@Nullable String>> matched(MatchPlan plan, int maxRows) {
    FragmentRows own = keys(plan.receiver());
    Set<String> others = unpack(keys(plan.sender()), plan.sender()).keySet();
    int[] matched =
        IntStream.range(0, own.rows())
            .filter(row -> {
              int start = own.keyOffsets()[row];
              return others.contains(
                  new String(
                      own.keyData(),
                      start,
                      own.keyOffsets()[row + 1] - start,
                      StandardCharsets.UTF_8));
            })
            .toArray();
    return MatchedRows.read(
        source(plan.receiver()),
        plan.rowsSql(),
        plan.columns().size(),
        own,
        matched,
        maxRows,
        LIMITS);
  }

  private FragmentRows keys(Fragment fragment) {
    return FragmentRunner.run(
        source(fragment), fragment.sql(), List.of(), LIMITS, FragmentRunner.Control.NONE);
  }

  private ProductSource source(Fragment fragment) {
    return sources.stream()
        .filter(each -> each.product().owner().equals(fragment.owner()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, List<BigInteger>> unpack(FragmentRows rows, Fragment fragment) {
    Map<String, List<BigInteger>> unpacked = new HashMap<>();
    for (int row = 0; row < rows.rows(); row++) {
      int start = rows.keyOffsets()[row];
      String key =
          new String(
              rows.keyData(), start, rows.keyOffsets()[row + 1] - start, StandardCharsets.UTF_8);
      List<BigInteger> values = new ArrayList<>();
      for (int slot = 0; slot < rows.columns().size(); slot++) {
        FragmentRows.Column column = rows.columns().get(slot);
        int at = row * column.widthBytes();
        BigInteger value =
            new BigInteger(
                Arrays.copyOfRange(column.twosComplement(), at, at + column.widthBytes()));
        if (value.abs().bitLength() > fragment.slots().get(slot).valueBits()) {
          throw new AssertionError(value + " is wider than its slot " + fragment.slots().get(slot));
        }
        values.add(value);
      }
      if (unpacked.put(key, values) != null) {
        throw new AssertionError("key twice: " + key);
      }
    }
    return unpacked;
  }

  /** Whether two answers are the same: texts, or doubles within 1e-9 of each other. */
  static boolean same(Answer expected, Answer actual) {
    if (!expected.columns().equals(actual.columns())) {
      return false;
    }
    for (int i = 0; i < expected.row().size(); i++) {
      String left = expected.row().get(i);
      String right = actual.row().get(i);
      boolean isDouble = expected.columns().get(i).type().matches("DOUBLE|FLOAT");
      if (left == null || right == null || !isDouble || left.equals(right)) {
        if (!java.util.Objects.equals(left, right)) {
          return false;
        }
        continue;
      }
      double one = Double.parseDouble(left.replace("inf", "Infinity"));
      double other = Double.parseDouble(right.replace("inf", "Infinity"));
      if (Math.abs(one - other) > 1e-9 * Math.max(Math.abs(one), Math.abs(other))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws SQLException {
    pooled.close();
  }
}
