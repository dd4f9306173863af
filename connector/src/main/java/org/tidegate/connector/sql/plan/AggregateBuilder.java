package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.JoinQuery;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.Operation;

/**
 * The IR of aggregates to a plan: keys as text, slots for what is summed, a protocol run a side
 * with values.
 */
final class AggregateBuilder {
  private final JoinQuery query;
  private final PlanRequest request;
  private final TypeOracle oracle;

  AggregateBuilder(JoinQuery query, PlanRequest request, TypeOracle oracle) {
    this.query = query;
    this.request = request;
    this.oracle = oracle;
  }

  /**
   * Builds the plan.
   *
   * @param sql the statement's text
   */
  AggregatePlan build(String sql) {
    List<Product> products = query.tables().stream().map(Query.Table::product).toList();
    String recipient = recipient(products, request.recipient());
    if (!request.security().equals(Plan.SEMI_HONEST)) {
      throw new SqlRefusal(
          "sql.unsupported",
          Position.NONE,
          "security '"
              + request.security()
              + "' is not supported for sums; supported is "
              + Plan.SEMI_HONEST);
    }
    List<SidePlanner> sides = SidePlanner.both(query, Keys.texts(query, oracle), oracle);
    List<Shaped> shaped = new ArrayList<>();
    for (Aggregate aggregate : query.aggregates()) {
      shaped.add(shape(aggregate, query, sides));
    }
    List<AggregatePlan.Leg> legs = legs(sides);
    List<AggregateSpec> aggregates =
        IntStream.range(0, shaped.size())
            .mapToObj(
                i -> shaped.get(i).spec(legs, type(query.aggregates().get(i), products, oracle)))
            .toList();
    // The whole text last: where a part of it is wrong, that part's place has been named.
    List<TypeOracle.Described> described = oracle.describe(sql, PlanBuilder.START);
    List<Integer> rows = PlanNumbers.rows(products);
    return new AggregatePlan(
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
  }

  private static String recipient(List<Product> products, String wanted) {
    List<String> owners = products.stream().map(Product::owner).toList();
    if (wanted.isEmpty()) {
      return owners.getFirst();
    }
    if (!owners.contains(wanted)) {
      throw new SqlRefusal(
          "sql.unsupported",
          Position.NONE,
          "recipient '"
              + wanted
              + "' owns none of the tables; the recipient is one of "
              + String.join(", ", owners)
              + Names.hint(wanted, owners));
    }
    return wanted;
  }

  /** Where an aggregate's numbers come from: a side, or the number of matches (side −1). */
  private record Shaped(
      Aggregate aggregate, int side, int sumSlot, int countSlot, int scale, boolean isDouble) {
    AggregateSpec spec(List<AggregatePlan.Leg> legs, String type) {
      int leg = 0;
      for (AggregatePlan.Leg candidate : legs) {
        if (candidate.valueOwner() == side) {
          leg = candidate.index();
        }
      }
      return new AggregateSpec(aggregate.kind(), leg, sumSlot, countSlot, scale, isDouble, type);
    }
  }

  private static Shaped shape(Aggregate aggregate, JoinQuery query, List<SidePlanner> sides) {
    boolean bothUnique = sides.get(0).bringsKeysOnce() && sides.get(1).bringsKeysOnce();
    if (aggregate.argument().isEmpty()) {
      return countRows(aggregate, sides, bothUnique);
    }
    Expr argument = aggregate.argument().get();
    int side = argument.columns().findFirst().map(Expr.ColumnRef::table).orElse(-1);
    if (side < 0) {
      boolean join = query.form() == Query.Form.JOIN;
      side = join && sides.get(0).bringsKeysOnce() ? 1 : 0;
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
    if (!sides.get(1 - side).bringsKeysOnce()) {
      throw needsBoth(aggregate, query, 1 - side);
    }
    int countSlot =
        own.bringsKeysOnce() && own.isNeverNull(argument) ? -1 : own.countSlot(argument);
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
    int repeating = sides.get(0).bringsKeysOnce() ? 1 : 0;
    if (!sides.get(1 - repeating).bringsKeysOnce()) {
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

  private static List<AggregatePlan.Leg> legs(List<SidePlanner> sides) {
    List<AggregatePlan.Leg> legs = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      if (sides.get(side).hasSlots()) {
        legs.add(new AggregatePlan.Leg(legs.size(), side));
      }
    }
    if (legs.isEmpty()) {
      legs.add(new AggregatePlan.Leg(0, 0));
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
