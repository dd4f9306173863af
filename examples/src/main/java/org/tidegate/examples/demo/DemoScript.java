package org.tidegate.examples.demo;

import java.util.List;

/** What is asked in the demo, and what the institutions grant each other before. */
final class DemoScript {
  /** The minimum group of every grant on sums, in companies. */
  static final int MINIMUM_GROUP = 20;

  /** The grant that is good for one question only. */
  static final String ONCE = "bank-credit-once";

  /** Grants nothing until it has been asked once. */
  static final String LATE_GRANTOR = "marine";

  /** The grant that is revoked at the end. */
  static final String REVOKED = "tax-filings-risk";

  static final List<DemoQuestion> QUESTIONS =
      List.of(
          new DemoQuestion(
              "bank",
              "The bank asks the tax registry: what do larger companies that pay us late pay in"
                  + " taxes?",
              """
              SELECT COUNT(*) AS companies, SUM(t.vat_paid) AS vat, AVG(t.taxable_income) AS income
              FROM bank.credit c JOIN tax.filings t ON c.uscc = t.uscc
              WHERE c.overdue_days > 30 AND t.employees >= 50\
              """),
          new DemoQuestion(
              "tax",
              "The tax registry asks the bank: how much credit is out to weakly rated companies"
                  + " in arrears?",
              """
              SELECT COUNT(*) AS companies, COUNT(c.balance) AS with_balance,
                     SUM(c.balance) AS balance
              FROM tax.filings t JOIN bank.credit c ON t.uscc = c.uscc
              WHERE t.arrears > 0 AND (c.rating = 'BBB' OR c.rating = 'BB' OR c.rating = 'B')\
              """),
          new DemoQuestion(
              "bank",
              "The bank asks the marine trade centre: what do our weakly rated customers trade?",
              """
              SELECT SUM(m.value_cny) AS traded, COUNT(m.value_cny) AS trades
              FROM bank.credit c JOIN marine.trades m ON c.uscc = m.uscc
              WHERE c.rating = 'BBB' OR c.rating = 'BB'\
              """));

  /** Answered with rows, which a set intersection of all invoices of both finds. */
  static final DemoQuestion INVOICES =
      new DemoQuestion(
          "bank",
          "The bank asks the tax registry: which of the invoices that we lent money on are"
              + " cancelled?",
          """
          SELECT i.invoice, i.seller, i.lent, i.due
          FROM bank.invoices i
          WHERE i.invoice IN (SELECT invoice FROM tax.cancelled)
          ORDER BY i.lent DESC, i.invoice\
          """);

  static final DemoQuestion SMALL_GROUP =
      new DemoQuestion(
          "bank",
          "The bank asks about a handful of companies, fewer than the minimum group of "
              + MINIMUM_GROUP
              + ":",
          """
          SELECT SUM(t.taxable_income) AS income
          FROM bank.credit c JOIN tax.filings t ON c.uscc = t.uscc
          WHERE c.overdue_days = 179 AND c.rating = 'B' AND t.employees >= 50\
          """);

  private static final String TAX_GRANTS =
      """
      grants:
        - id: %s
          product: filings
          columns:
            uscc: [join]
            vat_paid: [sum, count, avg]
            taxable_income: [sum, count, avg]
            employees: [filter]
          purpose: credit-risk
          recipients: [bank]
          count: 20
          minimumGroup: %d
        - id: tax-cancelled-risk
          product: cancelled
          columns:
            invoice: [join, match]
          purpose: credit-risk
          recipients: [bank]
          count: 1
          minimumGroup: 1
      """
          .formatted(REVOKED, MINIMUM_GROUP);

  private static final String BANK_GRANTS =
      """
      grants:
        - id: %s
          product: credit
          columns:
            uscc: [join]
            balance: [sum, count, avg]
            rating: [filter]
          purpose: arrears
          recipients: [tax]
          count: 1
          minimumGroup: %d
      """
          .formatted(ONCE, MINIMUM_GROUP);

  private static final String MARINE_GRANTS =
      """
      grants:
        - id: marine-trades-risk
          product: trades
          columns:
            uscc: [join]
            value_cny: [sum, count, avg]
          purpose: credit-risk
          recipients: [bank]
          count: 20
          minimumGroup: %d
      """
          .formatted(MINIMUM_GROUP);

  private DemoScript() {}

  /** The grants that {@code participant} gives. */
  static String grants(String participant) {
    return switch (participant) {
      case "tax" -> TAX_GRANTS;
      case "bank" -> BANK_GRANTS;
      default -> MARINE_GRANTS;
    };
  }
}
