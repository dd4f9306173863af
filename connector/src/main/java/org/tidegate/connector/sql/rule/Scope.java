package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.JoinQuery.Table;
import org.tidegate.connector.sql.text.SqlRefusal;

/** The two tables of FROM, and which column a name means. */
final class Scope {
  private final List<Table> tables;
  // Columns named in USING: bare, they mean either table's, and are the same value.
  private final Set<String> shared = new HashSet<>();

  Scope(List<Table> tables) {
    this.tables = tables;
  }

  List<Table> tables() {
    return tables;
  }

  void share(String column) {
    shared.add(column.toLowerCase(Locale.ROOT));
  }

  /** Resolves {@code column}, {@code alias.column} or {@code participant.table.column}. */
  Expr.ColumnRef resolve(SqlIdentifier name) {
    if (name.isStar()) {
      throw SqlRefusal.unsupported(
          Places.of(name), "* would reveal rows; name aggregates: COUNT(*), COUNT, SUM, AVG");
    }
    List<String> parts = name.names;
    String column = parts.getLast();
    List<String> qualifier = parts.subList(0, parts.size() - 1);
    List<Expr.ColumnRef> found = new ArrayList<>();
    List<String> known = new ArrayList<>();
    boolean anyTable = false;
    for (int table = 0; table < tables.size(); table++) {
      if (!matches(tables.get(table), qualifier)) {
        continue;
      }
      anyTable = true;
      Optional<Column> match = tables.get(table).product().column(column);
      known.addAll(tables.get(table).product().columnNames());
      if (match.isPresent()) {
        found.add(new Expr.ColumnRef(Places.of(name), table, match.get().name()));
      }
    }
    if (!anyTable) {
      List<String> aliases = tables.stream().map(Table::alias).toList();
      throw new SqlRefusal(
          "sql.unknownTable",
          Places.of(name),
          "no table '"
              + String.join(".", qualifier)
              + "' in FROM"
              + Names.hint(String.join(".", qualifier), aliases));
    }
    if (found.isEmpty()) {
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
    if (found.size() > 1 && !shared.contains(column.toLowerCase(Locale.ROOT))) {
      throw new SqlRefusal(
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
    return found.getFirst();
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
