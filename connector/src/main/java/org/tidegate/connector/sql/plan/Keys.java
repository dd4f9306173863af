package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.SqlRefusal;

/** What is checked and written of keys and conditions, whatever is asked over them. */
final class Keys {
  private Keys() {}

  /**
   * The keys' canonical texts, by table.
   *
   * @throws SqlRefusal {@code sql.type} where two do not compare
   */
  static List<List<String>> texts(Query query, TypeOracle oracle) {
    List<Product> products = query.tables().stream().map(Query.Table::product).toList();
    List<List<String>> texts = List.of(new ArrayList<>(), new ArrayList<>());
    for (Query.KeyPair pair : query.keys()) {
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

  /** Lets DuckDB refuse a condition at its place. */
  static void checkFilters(Query query, TypeOracle oracle) {
    for (int table = 0; table < 2; table++) {
      Product product = query.tables().get(table).product();
      for (Expr filter : query.filters().get(table)) {
        oracle.describe(
            DuckText.select(List.of("1"), product, List.of(DuckText.of(filter))), filter.at());
      }
    }
  }
}
