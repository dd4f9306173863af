package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query.Table;
import org.tidegate.connector.sql.text.SqlRefusal;

/** The tables that can be named somewhere, and which column a name means. */
final class Scope {
  private final List<Table> tables;
  // Indexes of tables; a name is looked for in one level before the next.
  private final List<List<Integer>> levels;
  // Columns named in USING: bare, they mean either table's, and are the same value.
  private final Set<String> shared = new HashSet<>();

  /** All tables side by side, as in FROM. */
  Scope(List<Table> tables) {
    this(tables, List.of(IntStream.range(0, tables.size()).boxed().toList()));
  }

  private Scope(List<Table> tables, List<List<Integer>> levels) {
    this.tables = tables;
    this.levels = levels;
  }

  /** Inside a subquery: a name means a column of its table, and else of the outer one. */
  static Scope inside(Table outer, Table inner) {
    return new Scope(List.of(outer, inner), List.of(List.of(1), List.of(0)));
  }

  List<Table> tables() {
    return tables;
  }

  void share(String column) {
    shared.add(column.toLowerCase(Locale.ROOT));
  }

  /** The table of {@code *} or {@code alias.*}. */
  int table(SqlIdentifier star) {
    List<String> qualifier = star.names.subList(0, star.names.size() - 1);
    List<Integer> found =
        IntStream.range(0, tables.size())
            .filter(table -> matches(tables.get(table), qualifier))
            .boxed()
            .toList();
    if (found.isEmpty()) {
      throw unknownTable(star, qualifier);
    }
    if (found.size() > 1) {
      throw SqlRefusal.unsupported(
          Places.of(star),
          "* would reveal rows of both tables; name aggregates, or columns of the recipient's own"
              + " table: "
              + tables.getFirst().alias()
              + ".* or "
              + tables.getLast().alias()
              + ".*");
    }
    return found.getFirst();
  }

  /** Resolves {@code column}, {@code alias.column} or {@code participant.table.column}. */
  Expr.ColumnRef resolve(SqlIdentifier name) {
    if (name.isStar()) {
      throw SqlRefusal.unsupported(
          Places.of(name), "* would reveal rows; name aggregates: COUNT(*), COUNT, SUM, AVG");
    }
    String column = name.names.getLast();
    List<String> qualifier = name.names.subList(0, name.names.size() - 1);
    List<String> known = new ArrayList<>();
    boolean anyTable = false;
    for (List<Integer> level : levels) {
      List<Integer> named =
          level.stream().filter(table -> matches(tables.get(table), qualifier)).toList();
      List<Expr.ColumnRef> found = new ArrayList<>();
      for (int table : named) {
        Optional<Column> match = tables.get(table).product().column(column);
        known.addAll(tables.get(table).product().columnNames());
        match.ifPresent(each -> found.add(new Expr.ColumnRef(Places.of(name), table, each.name())));
      }
      if (found.size() > 1 && !shared.contains(column.toLowerCase(Locale.ROOT))) {
        throw ambiguous(name, column);
      }
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      anyTable |= !named.isEmpty();
      if (anyTable && !qualifier.isEmpty()) {
        break;
      }
    }
    if (!anyTable) {
      throw unknownTable(name, qualifier);
    }
    throw new SqlRefusal(
        "sql.unknownColumn",
        Places.of(name),
        "no column '"
            + column
            + "'"
            + (qualifier.isEmpty() ? "" : " in " + String.join(".", qualifier))
            + (qualifier.isEmpty() && name.isComponentQuoted(0)
                ? "; double quotes name a column, text stands in single ones: '" + column + "'"
                : "")
            + Names.hint(column, known));
  }

  private SqlRefusal ambiguous(SqlIdentifier name, String column) {
    return new SqlRefusal(
        "sql.ambiguousColumn",
        Places.of(name),
        "both tables have a column '"
            + column
            + "'; write "
            + tables.get(0).alias()
            + "."
            + column
            + " or "
            + tables.get(1).alias()
            + "."
            + column);
  }

  private SqlRefusal unknownTable(SqlIdentifier name, List<String> qualifier) {
    List<String> aliases = tables.stream().map(Table::alias).toList();
    return new SqlRefusal(
        "sql.unknownTable",
        Places.of(name),
        "no table '"
            + String.join(".", qualifier)
            + "' in FROM"
            + Names.hint(String.join(".", qualifier), aliases));
  }

  private static boolean matches(Table table, List<String> qualifier) {
    return switch (qualifier.size()) {
      case 0 -> true;
      case 1 -> table.alias().equalsIgnoreCase(qualifier.getFirst());
      case 2 ->
          table.product().owner().equalsIgnoreCase(qualifier.get(0))
              && table.product().name().equalsIgnoreCase(qualifier.get(1))
              && table.alias().equalsIgnoreCase(table.product().name());
      default -> false;
    };
  }
}
