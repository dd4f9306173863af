package org.tidegate.connector.source;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Column;

/**
 * Measures which columns are unique: every one alone, then, of those that are not, pairs and
 * triples, as long as the work stays small. Rows with a NULL among the columns do not count,
 * because they never join.
 */
final class KeyInference {
  /** Rows looked at in all; a file of a million rows gets some fifty combinations measured. */
  private static final long MOST_WORK = 50_000_000;

  private static final int MOST_COLUMNS = 3;

  private final List<Column> columns;
  private final long rows;
  private final Statement statement;
  private final List<Long> distinct = new ArrayList<>();
  private final List<List<String>> keys = new ArrayList<>();
  private long work;

  private KeyInference(List<Column> columns, long rows, Statement statement) {
    this.columns = columns;
    this.rows = rows;
    this.statement = statement;
  }

  /** The minimal sets of columns of the table {@code raw} that are unique. */
  static List<List<String>> keys(List<Column> columns, long rows, Statement statement)
      throws SQLException {
    KeyInference inference = new KeyInference(columns, rows, statement);
    for (int column = 0; column < columns.size(); column++) {
      inference.distinct.add(inference.distinct(List.of(column)));
    }
    for (int size = 2; size <= MOST_COLUMNS; size++) {
      inference.search(List.of(), 0, size);
    }
    return inference.keys;
  }

  private void search(List<Integer> chosen, int next, int size) throws SQLException {
    if (chosen.size() == size) {
      double most =
          chosen.stream().mapToDouble(column -> distinct.get(column)).reduce(1, (a, b) -> a * b);
      // Too few different values to tell the rows apart, save where NULLs take rows away.
      boolean hasNulls = chosen.stream().anyMatch(column -> columns.get(column).nullable());
      if ((most >= rows || hasNulls) && work + rows <= MOST_WORK) {
        distinct(chosen);
      }
      return;
    }
    for (int column = next; column < columns.size(); column++) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(column);
      if (!isKey(more)) {
        search(more, column + 1, size);
      }
    }
  }

  private boolean isKey(List<Integer> chosen) {
    List<String> names = chosen.stream().map(column -> columns.get(column).name()).toList();
    return keys.stream().anyMatch(names::containsAll);
  }

  /** How many different values these columns have; notes a key where no value stands twice. */
  private long distinct(List<Integer> chosen) throws SQLException {
    work += rows;
    List<Column> of = chosen.stream().map(columns::get).toList();
    String values =
        of.stream()
            .map(column -> ProductSource.typed(column, ""))
            .collect(Collectors.joining(", "));
    String present =
        of.stream()
            .map(column -> ProductSource.identifier(column.name()) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    long different =
        ProductCheck.count(
            statement,
            "SELECT count(*) FROM (SELECT DISTINCT " + values + " FROM raw WHERE " + present + ")");
    long all = ProductCheck.count(statement, "SELECT count(*) FROM raw WHERE " + present);
    if (different == all) {
      keys.add(of.stream().map(Column::name).toList());
    }
    return different;
  }
}
