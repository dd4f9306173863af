package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Operation;

/** One owner's side of a plan while it grows: key, filters, slots, uses. */
final class SidePlanner {
  /** No product has more rows than the protocol takes, so a slot's count has at most these bits. */
  private final int countBits;

  private final Query query;
  private final int table;
  private final Product product;
  private final TypeOracle oracle;
  private final String key;
  private final boolean unique;
  private final List<String> expressions = new ArrayList<>();
  private final List<Fragment.Slot> slots = new ArrayList<>();
  private final Map<String, Set<Operation>> uses = new TreeMap<>();

  /** Columns on whose having no NULL the plan relies without reading them. */
  private final Set<String> relied = new TreeSet<>();

  private SidePlanner(Query query, int table, String key, TypeOracle oracle) {
    this.query = query;
    this.table = table;
    this.product = query.tables().get(table).product();
    this.oracle = oracle;
    this.key = key;
    Set<String> joined = new HashSet<>();
    query.keys().stream()
        .map(pair -> pair.side(table))
        .filter(Expr.ColumnRef.class::isInstance)
        .forEach(column -> joined.add(((Expr.ColumnRef) column).name()));
    this.unique = product.isUnique(joined);
    this.countBits = unique ? 1 : 64 - Long.numberOfLeadingZeros(Math.max(1, product.rows()));
    query.keys().forEach(pair -> use(pair.side(table), Operation.JOIN));
    query.filters().get(table).forEach(filter -> use(filter, Operation.FILTER));
  }

  /**
   * Both sides.
   *
   * @param keys the canonical texts of the keys, by table
   */
  static List<SidePlanner> both(Query query, List<List<String>> keys, TypeOracle oracle) {
    return IntStream.range(0, 2)
        .mapToObj(table -> new SidePlanner(query, table, KeyText.join(keys.get(table)), oracle))
        .toList();
  }

  /** Whether no key stands twice in the table. */
  boolean isUnique() {
    return unique;
  }

  /** Whether a row of the other side is counted once at most, and not once a row of this one. */
  boolean bringsKeysOnce() {
    return unique || query.form() == Query.Form.SEMI_JOIN && table == 1;
  }

  boolean hasSlots() {
    return !slots.isEmpty();
  }

  void use(Expr expression, Operation operation) {
    expression
        .columns()
        .forEach(column ->
            uses.computeIfAbsent(column.name(), name -> EnumSet.noneOf(Operation.class))
                .add(operation));
  }

  /** The slot that counts rows, for a side whose keys repeat. */
  int rowsSlot() {
    return slot("1", countBits, 0, false);
  }

  /** The slot that counts rows where {@code argument} is not NULL. */
  int countSlot(Expr argument) {
    String text = DuckText.of(argument);
    // DuckDB must accept the expression even where nothing but its nullness counts.
    oracle.type(text, product, argument.at());
    return slot("CASE WHEN " + text + " IS NULL THEN 0 ELSE 1 END", countBits, 0, false);
  }

  /** The slot that sums {@code argument}. */
  int sumSlot(Aggregate aggregate, Expr argument) {
    String text = DuckText.of(argument);
    String type = oracle.type(text, product, argument.at());
    ValueType value =
        ValueType.of(type)
            .orElseThrow(() ->
                new SqlRefusal(
                    "sql.type",
                    aggregate.at(),
                    aggregate.kind()
                        + " over "
                        + type
                        + " is not supported; supported are integers, decimals, doubles"));
    String cast =
        value.isDouble()
            ? "CAST(" + text + " AS DOUBLE)"
            : type.equals("BOOLEAN") ? "CAST(" + text + " AS INTEGER)" : text;
    return slot(
        "coalesce(" + cast + ", 0)",
        value.magnitudeBits() + (unique ? 0 : countBits),
        value.scale(),
        value.isDouble());
  }

  Fragment.Slot slot(int index) {
    return slots.get(index);
  }

  /** Whether COUNT(argument) is the number of joined rows: it can never be NULL there. */
  boolean isNeverNull(Expr argument) {
    if (argument instanceof Expr.Literal literal) {
      return !literal.text().equals("NULL");
    }
    if (!(argument instanceof Expr.ColumnRef column)) {
      return false;
    }
    if (query.keys().stream()
        .map(pair -> pair.side(table))
        .anyMatch(
            side -> side instanceof Expr.ColumnRef joined && joined.name().equals(column.name()))) {
      return true;
    }
    boolean declared = product.column(column.name()).filter(known -> !known.nullable()).isPresent();
    if (declared) {
      relied.add(column.name());
    }
    return declared;
  }

  private int slot(String expression, int bits, int scale, boolean isDouble) {
    int known = expressions.indexOf(expression);
    if (known >= 0) {
      return known;
    }
    expressions.add(expression);
    slots.add(new Fragment.Slot("s" + slots.size(), bits, scale, isDouble));
    return slots.size() - 1;
  }

  Fragment fragment(int maxRows) {
    List<String> columns = Stream.concat(Stream.of(key), expressions.stream()).toList();
    List<String> conditions = DuckText.all(query.filters().get(table));
    query
        .keys()
        .forEach(pair -> conditions.add("(" + DuckText.of(pair.side(table)) + ") IS NOT NULL"));
    // The file may have changed since it was checked; without the column nobody would notice.
    relied.forEach(column ->
        conditions.add(
            "CASE WHEN "
                + DuckText.identifier(column)
                + " IS NULL THEN error('a NULL in a column that is declared to have none') ELSE"
                + " TRUE END"));
    // Rows of one key stand together, so that whoever reads adds them up as they come.
    String sql = DuckText.select(columns, product, conditions) + " ORDER BY 1";
    return new Fragment(
        product.owner(),
        product.name(),
        product.digest(),
        sql,
        unique,
        maxRows,
        slots,
        ColumnUses.of(uses));
  }
}
