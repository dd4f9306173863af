package org.tidegate.connector.sql.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** At the recipient: the protocol's numbers to the answer's one row, by DuckDB. */
public final class FinalStage {
  private static final BigDecimal DOUBLE_UNIT =
      new BigDecimal(BigInteger.TWO).pow(ValueType.DOUBLE_UNIT_BITS);

  private FinalStage() {}

  /**
   * What one run gave.
   *
   * @param matches the number of keys in common
   * @param sums one a slot, over the matches
   */
  public record LegResult(long matches, List<BigInteger> sums) {}

  /**
   * The answer's row, as DuckDB prints it.
   *
   * @param legs what each run of the plan gave
   * @return one text or null a column
   * @throws SqlRefusal {@code sql.overflow} where a sum does not fit DuckDB's type for it
   */
  public static List<@Nullable String> evaluate(AggregatePlan plan, List<LegResult> legs) {
    List<String> values = new ArrayList<>();
    for (AggregateSpec aggregate : plan.aggregates()) {
      values.add(
          "CAST("
              + value(aggregate, legs.get(aggregate.leg()))
              + " AS "
              + aggregate.type()
              + ") AS "
              + DuckText.aggregateName(values.size()));
    }
    String outputs =
        IntStream.range(0, plan.finalSql().size())
            .mapToObj(i ->
                "CAST(CAST("
                    + plan.finalSql().get(i)
                    + " AS "
                    + plan.columns().get(i).type()
                    + ") AS VARCHAR)")
            .collect(Collectors.joining(", "));
    String sql = "SELECT " + outputs + " FROM (SELECT " + String.join(", ", values) + ")";
    Properties settings = new Properties();
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("lock_configuration", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<@Nullable String> texts = new ArrayList<>();
      for (int i = 1; i <= plan.columns().size(); i++) {
        texts.add(row.getString(i));
      }
      return Collections.unmodifiableList(texts);
    } catch (SQLException e) {
      throw new SqlRefusal(
          "sql.overflow",
          Position.NONE,
          "DuckDB cannot evaluate the answer: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** The aggregate's value as a DuckDB text constant. */
  private static String value(AggregateSpec aggregate, LegResult leg) {
    BigInteger count =
        aggregate.countSlot() < 0
            ? BigInteger.valueOf(leg.matches())
            : leg.sums().get(aggregate.countSlot());
    if (aggregate.kind() == Aggregate.Kind.COUNT || aggregate.kind() == Aggregate.Kind.COUNT_ROWS) {
      return "'" + count + "'";
    }
    if (count.signum() == 0) {
      return "NULL";
    }
    BigInteger sum = leg.sums().get(aggregate.sumSlot());
    BigDecimal exact =
        aggregate.isDouble()
            ? new BigDecimal(sum).divide(DOUBLE_UNIT)
            : new BigDecimal(sum, aggregate.scale());
    if (aggregate.kind() == Aggregate.Kind.AVG) {
      exact = exact.divide(new BigDecimal(count), MathContext.DECIMAL128);
    }
    boolean floating = aggregate.isDouble() || aggregate.kind() == Aggregate.Kind.AVG;
    return "'" + (floating ? Double.toString(exact.doubleValue()) : exact.toPlainString()) + "'";
  }
}
