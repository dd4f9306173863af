package org.tidegate.examples.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The files of a bank, a tax registry and a marine trade centre over one city's companies.
 *
 * <pre>
 *   bank/credit.parquet     one row a company: rating, credit line, balance, overdue days
 *   tax/filings.csv         one row a company: industry, taxable income, value-added tax, arrears
 *   bank/invoices.parquet   one row an invoice that money was lent on
 *   tax/cancelled.parquet   one row an invoice that was cancelled
 *   marine/trades.parquet   several rows a company: port, goods, value, weight, date
 * </pre>
 *
 * @param bankRows companies with a credit line
 * @param taxRows companies that file
 * @param marineRows trades
 * @param invoiceRows invoices at the bank, and as many at the tax registry
 * @param seed the same seed makes the same rows
 */
public record City(int bankRows, int taxRows, int marineRows, int invoiceRows, long seed) {
  /** What the demo runs on. */
  public static final City DEMO = new City(200_000, 300_000, 60_000, 1_000_000, 2026);

  private static final List<String> PRODUCTS =
      List.of("bank/credit", "bank/invoices", "tax/filings", "tax/cancelled", "marine/trades");

  private static final String[] RATINGS = {"AAA", "AA", "A", "BBB", "BB", "B"};
  private static final String[] PORTS = {"前湾", "黄岛油港", "董家口", "大港", "女岛"};
  private static final String[] GOODS = {"冻鱼", "海藻", "船用设备", "集装箱", "原油", "矿石"};
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);

  /** Checks the sizes. */
  public City {
    if (bankRows < 1 || taxRows < 1 || marineRows < 1 || invoiceRows < 1) {
      throw new IllegalArgumentException("each table needs at least one row");
    }
  }

  /** Writes the files and the products' descriptions below {@code directory}. */
  public void writeTo(Path directory) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    // Three in four companies of the larger institution are known to the smaller one.
    List<Company> companies = companies(random, Math.max(bankRows, taxRows) * 4 / 3);
    Path bank = Files.createDirectories(directory.resolve("bank"));
    Path tax = Files.createDirectories(directory.resolve("tax"));
    Path marine = Files.createDirectories(directory.resolve("marine"));
    writeCredit(bank.resolve("credit.csv"), sample(companies, bankRows, random), random);
    writeFilings(tax.resolve("filings.csv"), sample(companies, taxRows, random), random);
    writeTrades(
        marine.resolve("trades.csv"),
        sample(companies, Math.max(1, marineRows / 2), random),
        random);
    Invoices.of(invoiceRows)
        .write(bank.resolve("invoices.csv"), tax.resolve("cancelled.csv"), companies, random);
    toParquet(
        bank.resolve("invoices.csv"),
        "{invoice: 'VARCHAR', seller: 'VARCHAR', lent: 'DECIMAL(18,2)', due: 'DATE'}");
    toParquet(
        tax.resolve("cancelled.csv"),
        "{invoice: 'VARCHAR', seller: 'VARCHAR', reason: 'INTEGER', cancelled: 'DATE'}");
    toParquet(
        bank.resolve("credit.csv"),
        "{uscc: 'VARCHAR', name: 'VARCHAR', rating: 'VARCHAR', credit_line: 'DECIMAL(18,2)',"
            + " balance: 'DECIMAL(18,2)', overdue_days: 'INTEGER', opened: 'DATE'}");
    toParquet(
        marine.resolve("trades.csv"),
        "{trade_id: 'VARCHAR', uscc: 'VARCHAR', port: 'VARCHAR', goods: 'VARCHAR',"
            + " value_cny: 'DECIMAL(18,2)', weight_t: 'DOUBLE', traded: 'DATE'}");
    for (String product : PRODUCTS) {
      try (var description = City.class.getResourceAsStream(product.replace('/', '-') + ".yaml")) {
        if (description == null) {
          throw new IllegalStateException("the description of " + product + " is not in the jar");
        }
        Files.write(directory.resolve(product + ".yaml"), description.readAllBytes());
      }
    }
  }

  private static List<Company> companies(RandomGenerator random, int count) {
    List<Company> companies = new ArrayList<>(count);
    Set<String> codes = new HashSet<>();
    while (companies.size() < count) {
      Company company = Company.random(random);
      if (codes.add(company.code())) {
        companies.add(company);
      }
    }
    return companies;
  }

  private static List<Company> sample(List<Company> companies, int count, RandomGenerator random) {
    List<Company> shuffled = new ArrayList<>(companies);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(shuffled.size() - i);
      Company taken = shuffled.get(j);
      shuffled.set(j, shuffled.get(i));
      shuffled.set(i, taken);
    }
    return shuffled.subList(0, count);
  }

  private static void writeCredit(Path file, List<Company> companies, RandomGenerator random)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("uscc,name,rating,credit_line,balance,overdue_days,opened\n");
      for (Company company : companies) {
        long line = company.size() / 5 * 100;
        long balance = (long) (line * random.nextDouble());
        int rating = Math.min(RATINGS.length - 1, (int) Math.abs(2 * random.nextGaussian()));
        boolean late = random.nextInt(6) <= rating / 2;
        out.write(
            String.join(
                ",",
                company.code(),
                company.name(),
                RATINGS[rating],
                cents(line),
                // A new customer has no balance yet.
                random.nextInt(50) == 0 ? "" : cents(balance),
                Integer.toString(late ? random.nextInt(180) : 0),
                FIRST_DAY.minusDays(random.nextInt(3650)).toString()));
        out.write('\n');
      }
    }
  }

  private static void writeFilings(Path file, List<Company> companies, RandomGenerator random)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("uscc,district,industry,taxable_income,vat_paid,arrears,employees\n");
      for (Company company : companies) {
        long income = (long) (company.size() * 100 * (0.12 + 0.1 * random.nextGaussian()));
        long vat = (long) (company.size() * 100 * 0.03 * random.nextDouble());
        boolean owes = random.nextInt(12) == 0;
        out.write(
            String.join(
                ",",
                company.code(),
                company.district(),
                // Leading zeros: a code, not a number.
                String.format("%04d", random.nextInt(100, 9800)),
                random.nextInt(40) == 0 ? "" : cents(income),
                cents(vat),
                cents(owes ? vat / 3 : 0),
                Integer.toString(1 + (int) Math.exp(2.5 + random.nextGaussian()))));
        out.write('\n');
      }
    }
  }

  private void writeTrades(Path file, List<Company> companies, RandomGenerator random)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("trade_id,uscc,port,goods,value_cny,weight_t,traded\n");
      for (int row = 0; row < marineRows; row++) {
        Company company = companies.get(random.nextInt(companies.size()));
        long value = (long) (company.size() * random.nextDouble());
        out.write(
            String.join(
                ",",
                "QD" + String.format("%08d", row + 1),
                // A trade whose owner is not known has no code.
                random.nextInt(100) == 0 ? "" : company.code(),
                PORTS[random.nextInt(PORTS.length)],
                GOODS[random.nextInt(GOODS.length)],
                cents(value),
                Double.toString(Math.rint(random.nextDouble() * 40_000) / 8),
                FIRST_DAY.plusDays(random.nextInt(640)).toString()));
        out.write('\n');
      }
    }
  }

  private static String cents(long amount) {
    return BigDecimal.valueOf(amount, 2).toPlainString();
  }

  /** Replaces a CSV file by a Parquet file beside it, with the columns' types as given. */
  private static void toParquet(Path csv, String columns) throws IOException {
    String parquet = csv.toString().replaceFirst("\\.csv$", ".parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (FROM read_csv("
              + quoted(csv.toString())
              + ", header = true, columns = "
              + columns
              + ")) TO "
              + quoted(parquet)
              + " (FORMAT parquet)");
    } catch (SQLException e) {
      throw new IOException("cannot write " + parquet + ": " + e.getMessage(), e);
    }
    Files.delete(csv);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
