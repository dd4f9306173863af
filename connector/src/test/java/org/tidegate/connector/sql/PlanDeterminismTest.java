package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;

/** The same text, products and numbers are the same bytes at every node; others are others. */
final class PlanDeterminismTest {
  private static final String SQL =
      "SELECT COUNT(*) AS n, SUM(l.amount) / COUNT(l.amount), AVG(f.paid) FROM bank.loans l JOIN"
          + " tax.filings f ON l.uscc = f.uscc WHERE l.region LIKE 'I%' AND f.year > 2020";

  private static Plan plan(Catalog catalog) {
    return Planner.plan(SQL, catalog, request(TestCatalog.SALT, "bank", PlanNumbers.DEFAULTS));
  }

  private static PlanRequest request(String salt, String recipient, PlanNumbers numbers) {
    return new PlanRequest(recipient, "semi-honest", salt, numbers);
  }

  private static Digest digest(PlanRequest request) {
    return Planner.plan(SQL, TestCatalog.CATALOG, request).digest();
  }

  @Test
  void twoNodesDeriveTheSameBytes() {
    Plan here = plan(TestCatalog.CATALOG);
    List<Product> turned = new ArrayList<>(TestCatalog.PRODUCTS);
    Collections.reverse(turned);
    // The other node knows one product less, and another one more: neither is in the statement.
    turned.removeIf(product -> product.name().equals("events"));
    turned.add(TestCatalog.product("port", "calls", List.of(), "uscc"));
    Plan there = plan(Catalog.of(turned));
    assertThat(CanonicalJson.encode(there.toJson())).isEqualTo(CanonicalJson.encode(here.toJson()));
    assertThat(there.digest()).isEqualTo(here.digest());
  }

  @Test
  void aNodesLocaleAndTimeZoneDoNotMatter() {
    Digest here = plan(TestCatalog.CATALOG).digest();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "zh-CN")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        assertThat(plan(TestCatalog.CATALOG).digest()).as(tag).isEqualTo(here);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void anotherProductIsAnotherPlan() {
    Digest before = plan(TestCatalog.CATALOG).digest();
    Product loans = TestCatalog.PRODUCTS.getFirst();
    List<Product> others =
        List.of(
            copy(loans, 2, loans.keys(), loans.rows(), ""),
            copy(loans, 1, List.of(List.of("uscc"), List.of("region")), loans.rows(), ""),
            copy(loans, 1, loans.keys(), loans.rows() + 1, ""),
            copy(loans, 1, loans.keys(), loans.rows(), "loans of the year"));
    for (Product other : others) {
      List<Product> products = new ArrayList<>(TestCatalog.PRODUCTS);
      products.set(0, other);
      assertThat(plan(Catalog.of(products)).digest()).as("%s", other).isNotEqualTo(before);
    }
  }

  private static Product copy(
      Product product, int version, List<List<String>> keys, long rows, String description) {
    return new Product(
        product.owner(),
        product.name(),
        version,
        product.columns(),
        keys,
        product.subject(),
        rows,
        description);
  }

  @Test
  void otherNumbersAreAnotherPlan() {
    PlanNumbers numbers = PlanNumbers.DEFAULTS;
    Digest before = digest(request(TestCatalog.SALT, "bank", numbers));
    assertThat(digest(request(TestCatalog.SALT, "bank", numbers))).isEqualTo(before);
    assertThat(
            List.of(
                digest(request("01".repeat(32), "bank", numbers)),
                digest(request(TestCatalog.SALT, "tax", numbers)),
                digest(
                    request(TestCatalog.SALT, "bank", new PlanNumbers(128, 64, 3072, 2048, 100))),
                digest(
                    request(TestCatalog.SALT, "bank", new PlanNumbers(128, 40, 4096, 2048, 100))),
                digest(
                    request(TestCatalog.SALT, "bank", new PlanNumbers(128, 40, 3072, 1024, 100))),
                digest(
                    request(TestCatalog.SALT, "bank", new PlanNumbers(128, 40, 3072, 2048, 1000)))))
        .doesNotContain(before)
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherConstantIsAnotherPlan() {
    assertThat(TestCatalog.plan(SQL.replace("2020", "2021")).digest())
        .isNotEqualTo(TestCatalog.plan(SQL).digest());
  }
}
