package org.tidegate.examples.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Invoices that a bank has lent money on, and invoices that were cancelled at the tax registry. A
 * few of the former are among the latter.
 *
 * @param rows of each of the two tables
 * @param both how many numbers stand in both
 */
record Invoices(int rows, int both) {
  /** A number is 20 digits: year, region, channel, and 15 digits that count. */
  private static final String PREFIX = "26370";

  /** Behind which the digits that count stand; a formatter would take most of the time. */
  private static final long COUNTED_FROM = 1_000_000_000_000_000L;

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 300;

  /** Numbers go up in steps below this, so that a table does not tell its neighbour's numbers. */
  private static final int STEP = 2_000;

  /** One in so many is in both tables. */
  static Invoices of(int rows) {
    return new Invoices(rows, Math.max(1, rows / 800));
  }

  /**
   * Writes both tables.
   *
   * @param sellers whose invoices they are
   */
  void write(Path financed, Path cancelled, List<Company> sellers, RandomGenerator random)
      throws IOException {
    try (BufferedWriter bank = Files.newBufferedWriter(financed, StandardCharsets.UTF_8);
        BufferedWriter tax = Files.newBufferedWriter(cancelled, StandardCharsets.UTF_8)) {
      bank.write("invoice,seller,lent,due\n");
      tax.write("invoice,seller,reason,cancelled\n");
      int bankLeft = rows;
      int taxLeft = rows;
      int bothLeft = both;
      long number = 0;
      while (bankLeft > 0 || taxLeft > 0) {
        number += 1 + random.nextInt(STEP);
        String seller = sellers.get(random.nextInt(sellers.size())).code();
        // What is in both counts once: each of the others is as likely as any to come next.
        int drawn = random.nextInt(bankLeft + taxLeft - bothLeft);
        boolean inBoth = drawn < bothLeft;
        boolean inBank = drawn < bankLeft;
        String invoice = PREFIX + String.valueOf(COUNTED_FROM + number).substring(1);
        if (inBank) {
          bank.write(financed(invoice, seller, random));
          bankLeft--;
        }
        if (inBoth || !inBank) {
          tax.write(cancelled(invoice, seller, random));
          taxLeft--;
        }
        bothLeft -= inBoth ? 1 : 0;
      }
    }
  }

  private static String financed(String invoice, String seller, RandomGenerator random) {
    long cents = (long) (100 * Math.exp(9 + 1.2 * random.nextGaussian()));
    return invoice
        + ","
        + seller
        + ","
        + BigDecimal.valueOf(cents, 2).toPlainString()
        + ","
        + FIRST_DAY.plusDays(60 + random.nextInt(DAYS))
        + "\n";
  }

  private static String cancelled(String invoice, String seller, RandomGenerator random) {
    return invoice
        + ","
        + seller
        + ","
        // Goods returned, wrong invoice, contract ended.
        + (1 + random.nextInt(3))
        + ","
        + FIRST_DAY.plusDays(random.nextInt(DAYS))
        + "\n";
  }
}
