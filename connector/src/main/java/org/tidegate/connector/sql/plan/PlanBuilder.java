package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.JoinQuery;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.Operation;

/** The IR to a plan: keys as text, slots for what is summed, a protocol run a side with values. */
public final class PlanBuilder {
  private static final Position START = new Position(1, 1);

  private PlanBuilder() {}

  /** DuckDB's version. */
  public static String engineVersion() {
    try (TypeOracle oracle = new TypeOracle(List.of())) {
      return oracle.version();
    }
  }

  /**
   * Builds the plan.
   *
   * @param sql the statement's text, without a semicolon
   * @param query the same, resolved
   * @throws SqlRefusal where types or multiplicities do not allow it
   */
  public static Plan build(String sql, JoinQuery query, PlanRequest request) {
    List<Product> products = query.tables().stream().map(JoinQuery.Table::product).toList();
    String recipient = recipient(products, request.recipient());
    if (!request.security().equals(Plan.SECURITY)) {
      throw new SqlRefusal(
          "sql.unsupported",
          START,
          "security '"
              + request.security()
              + "' is not supported for sums; supported is "
              + Plan.SECURITY);
    }
    try (TypeOracle oracle = new TypeOracle(products)) {
      List<List<String>> keys = keys(query, products, oracle);
      List<SidePlanner> sides =
          IntStream.range(0, 2)
              .mapToObj(
                  table -> new SidePlanner(query, table, KeyText.join(keys.get(table)), oracle))
              .toList();
      checkFilters(query, products, oracle);
      List<Shaped> shaped = new ArrayList<>();
      for (Aggregate aggregate : query.aggregates()) {
        shaped.add(shape(aggregate, query, sides));
      }
      List<Plan.Leg> legs = legs(sides);
      List<AggregateSpec> aggregates =
          IntStream.range(0, shaped.size())
              .mapToObj(
                  i -> shaped.get(i).spec(legs, type(query.aggregates().get(i), products, oracle)))
              .toList();
      // The whole text last: where a part of it is wrong, that part's place has been named.
      List<TypeOracle.Described> described = oracle.describe(sql, START);
      List<Integer> rows = PlanNumbers.rows(products);
      return new Plan(
          oracle.version(),
          request.salt(),
          recipient,
          List.of(sides.get(0).fragment(rows.get(0)), sides.get(1).fragment(rows.get(1))),
          legs,
          aggregates,
          query.outputs().stream().map(DuckText::of).toList(),
          described.stream()
              .map(column -> new Plan.ResultColumn(column.name(), column.type()))
              .toList(),
          request.numbers());
    } catch (IllegalArgumentException e) {
      // A limit of the protocol, such as a column too wide for a plaintext.
      throw new SqlRefusal("sql.unsupported", START, String.valueOf(e.getMessage()));
    }
  }

  private static String recipient(List<Product> products, String wanted) {
    List<String> owners = products.stream().map(Product::owner).toList();
    if (wanted.isEmpty()) {
      return owners.getFirst();
    }
    if (!owners.contains(wanted)) {
      throw new SqlRefusal(
          "sql.unsupported",
          START,
          "recipient '"
              + wanted
              + "' owns none of the tables; the recipient is one of "
              + String.join(", ", owners)
              + Names.hint(wanted, owners));
    }
    return wanted;
  }

  private static List<List<String>> keys(
      JoinQuery query, List<Product> products, TypeOracle oracle) {
    List<List<String>> texts = List.of(new ArrayList<>(), new ArrayList<>());
    for (JoinQuery.KeyPair pair : query.keys()) {
      String left = DuckText.of(pair.left());
      String right = DuckText.of(pair.right());
      List<String> both =
          KeyText.pair(
              left,
              oracle.type(left, products.get(0), pair.at()),
              right,
              oracle.type(right, products.get(1), pair.at()),
              pair.at());
      texts.get(0).add(both.get(0));
      texts.get(1).add(both.get(1));
    }
    return texts;
  }

  private static void checkFilters(JoinQuery query, List<Product> products, TypeOracle oracle) {
    for (int table = 0; table < 2; table++) {
      for (Expr filter : query.filters().get(table)) {
        oracle.describe(
            DuckText.select(List.of("1"), products.get(table), List.of(DuckText.of(filter))),
            filter.at());
      }
    }
  }

  /** Where an aggregate's numbers come from: a side, or the number of matches (side −1). */
  private record Shaped(
      Aggregate aggregate, int side, int sumSlot, int countSlot, int scale, boolean isDouble) {
    AggregateSpec spec(List<Plan.Leg> legs, String type) {
      int leg = 0;
      for (Plan.Leg candidate : legs) {
        if (candidate.valueOwner() == side) {
          leg = candidate.index();
        }
      }
      return new AggregateSpec(aggregate.kind(), leg, sumSlot, countSlot, scale, isDouble, type);
    }
  }

  private static Shaped shape(Aggregate aggregate, JoinQuery query, List<SidePlanner> sides) {
    boolean bothUnique = sides.get(0).isUnique() && sides.get(1).isUnique();
    if (aggregate.argument().isEmpty()) {
      return countRows(aggregate, sides, bothUnique);
    }
    Expr argument = aggregate.argument().get();
    int side = argument.columns().findFirst().map(Expr.ColumnRef::table).orElse(-1);
    if (side < 0) {
      side = sides.get(0).isUnique() ? 1 : 0;
    }
    SidePlanner own = sides.get(side);
    Operation operation =
        switch (aggregate.kind()) {
          case COUNT_ROWS, COUNT -> Operation.COUNT;
          case SUM -> Operation.SUM;
          case AVG -> Operation.AVG;
        };
    own.use(argument, operation);
    if (aggregate.kind() == Aggregate.Kind.COUNT && own.isNeverNull(argument)) {
      return countRows(aggregate, sides, bothUnique);
    }
    // Each row of this side counts once for every row of the other side with its key.
    if (!sides.get(1 - side).isUnique()) {
      throw needsBoth(aggregate, query, 1 - side);
    }
    int countSlot = own.isUnique() && own.isNeverNull(argument) ? -1 : own.countSlot(argument);
    if (aggregate.kind() == Aggregate.Kind.COUNT) {
      return new Shaped(aggregate, side, -1, countSlot, 0, false);
    }
    int sumSlot = own.sumSlot(aggregate, argument);
    Fragment.Slot slot = own.slot(sumSlot);
    return new Shaped(aggregate, side, sumSlot, countSlot, slot.scale(), slot.isDouble());
  }

  private static Shaped countRows(
      Aggregate aggregate, List<SidePlanner> sides, boolean bothUnique) {
    if (bothUnique) {
      return new Shaped(aggregate, -1, -1, -1, 0, false);
    }
    int repeating = sides.get(0).isUnique() ? 1 : 0;
    if (!sides.get(1 - repeating).isUnique()) {
      throw SqlRefusal.unsupported(
          aggregate.at(),
          "the join key is unique on neither side, and counting pairs needs both sides' numbers"
              + " of rows a key; declare a key, or publish a view with one row a key");
    }
    return new Shaped(aggregate, repeating, -1, sides.get(repeating).rowsSlot(), 0, false);
  }

  private static SqlRefusal needsBoth(Aggregate aggregate, JoinQuery query, int other) {
    Product product = query.tables().get(other).product();
    return SqlRefusal.unsupported(
        aggregate.at(),
        aggregate.kind()
            + " needs how often each key stands in "
            + product.qualifiedName()
            + ", where the join key is not declared unique, together with this column;"
            + " supported is a unique key on that side (declare 'key', or publish a view with one"
            + " row a key)");
  }

  private static List<Plan.Leg> legs(List<SidePlanner> sides) {
    List<Plan.Leg> legs = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      if (sides.get(side).hasSlots()) {
        legs.add(new Plan.Leg(legs.size(), side));
      }
    }
    if (legs.isEmpty()) {
      legs.add(new Plan.Leg(0, 0));
    }
    return legs;
  }

  private static String type(Aggregate aggregate, List<Product> products, TypeOracle oracle) {
    if (aggregate.argument().isEmpty()) {
      return "BIGINT";
    }
    Expr argument = aggregate.argument().get();
    int side = argument.columns().findFirst().map(Expr.ColumnRef::table).orElse(0);
    String function =
        switch (aggregate.kind()) {
          case COUNT_ROWS, COUNT -> "count";
          case SUM -> "sum";
          case AVG -> "avg";
        };
    return oracle.type(
        function + "(" + DuckText.of(argument) + ")", products.get(side), aggregate.at());
  }
}
