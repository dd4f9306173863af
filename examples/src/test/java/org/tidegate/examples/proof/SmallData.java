package org.tidegate.examples.proof;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.tidegate.examples.data.SocialCreditCode;

/**
 * Two institutions' small tables, {@code bank.accounts} (one row a company), {@code tax.filings}
 * (several rows a company, one without a key) and {@code tax.registry} (one row), with values that
 * are large and distinctive so that a leaked one is recognised, that overflow 64 bits when summed,
 * and that are missing now and then.
 *
 * @param keys every key of both tables
 * @param texts every value as it stands in the files
 * @param numbers every number as an integer: decimals by their unscaled value
 * @param doubles every floating-point value
 */
record SmallData(
    Set<String> keys, List<String> texts, List<BigInteger> numbers, List<Double> doubles) {
  private static final String ACCOUNTS =
      """
      name: accounts
      file: accounts.csv
      columns:
        - {name: uscc, type: VARCHAR, nullable: false}
        - {name: branch, type: VARCHAR}
        - {name: balance, type: "DECIMAL(18,2)"}
        - {name: volume, type: BIGINT, nullable: false}
        - {name: rate, type: DOUBLE}
        - {name: opened, type: DATE}
      key: [uscc]
      subject: [uscc]
      """;
  private static final String FILINGS =
      """
      name: filings
      file: filings.csv
      columns:
        - {name: uscc, type: VARCHAR}
        - {name: year, type: INTEGER, nullable: false}
        - {name: vat, type: "DECIMAL(30,6)"}
        - {name: staff, type: BIGINT}
        - {name: industry, type: VARCHAR}
      """;
  private static final String REGISTRY =
      """
      name: registry
      file: registry.csv
      columns:
        - {name: uscc, type: VARCHAR, nullable: false}
        - {name: score, type: DOUBLE}
        - {name: sector, type: VARCHAR}
      key: [uscc]
      """;

  /**
   * Writes both tables with their products.
   *
   * @param accounts rows of {@code bank.accounts}; two in three of its companies file
   * @param reversed whether the tax registry's tables have their rows the other way round
   */
  static SmallData write(Path directory, int accounts, long seed, boolean reversed)
      throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    SmallData data =
        new SmallData(
            new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<String> bank = new ArrayList<>();
    List<String> tax = new ArrayList<>();
    List<String> registry = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      String key = SocialCreditCode.random(random, "370211");
      bank.add(data.account(key, i, random));
      for (int filing = 0; filing < (i % 3 == 0 ? 0 : 1 + i % 2); filing++) {
        tax.add(data.filing(key, 2020 + filing, i, random));
      }
      if (i % 5 != 1) {
        registry.add(data.entry(key, i, random));
      }
      if (i % 4 == 0) {
        tax.add(data.filing(SocialCreditCode.random(random, "370202"), 2021, i, random));
      }
    }
    tax.add(data.filing("", 2022, 1, random));
    if (reversed) {
      Collections.reverse(tax);
      Collections.reverse(registry);
    }
    write(
        directory.resolve("bank"),
        "accounts",
        ACCOUNTS,
        "uscc,branch,balance,volume,rate,opened",
        bank);
    write(directory.resolve("tax"), "filings", FILINGS, "uscc,year,vat,staff,industry", tax);
    write(directory.resolve("tax"), "registry", REGISTRY, "uscc,score,sector", registry);
    return data;
  }

  private String entry(String key, int i, RandomGenerator random) {
    double score = (random.nextDouble() - 0.5) * 1e-3;
    doubles.add(score);
    return String.join(
        ",", key, i % 5 == 0 ? "" : text(String.valueOf(score)), i % 3 == 0 ? "fish" : "船舶");
  }

  private String account(String key, int i, RandomGenerator random) {
    keys.add(key);
    String balance = i % 7 == 3 ? "" : number(BigInteger.valueOf(random.nextLong(1L << 59)), 2);
    // Half of the range of a BIGINT and more: three of them overflow 64 bits.
    String volume = number(BigInteger.valueOf((1L << 62) + random.nextLong(1L << 61)), 0);
    double rate = random.nextDouble() * 1e9 - 5e8;
    doubles.add(rate);
    String rateText = i % 5 == 4 ? "" : text(String.valueOf(rate));
    return String.join(
        ",",
        key,
        "%03d".formatted(i % 4),
        balance,
        volume,
        rateText,
        "2024-%02d-15".formatted(1 + i % 12));
  }

  private String filing(String key, int year, int i, RandomGenerator random) {
    if (!key.isEmpty()) {
      keys.add(key);
    }
    BigInteger unscaled = new BigInteger(80, new java.util.Random(random.nextLong())).setBit(79);
    String vat = i % 6 == 5 ? "" : number(i % 2 == 0 ? unscaled : unscaled.negate(), 6);
    String staff = i % 9 == 8 ? "" : number(BigInteger.valueOf(random.nextLong() | 1L << 57), 0);
    return String.join(",", key, String.valueOf(year), vat, staff, i % 2 == 0 ? "fish" : "船舶");
  }

  private String number(BigInteger unscaled, int scale) {
    numbers.add(unscaled);
    return text(new BigDecimal(unscaled, scale).toPlainString());
  }

  private String text(String value) {
    texts.add(value);
    return value;
  }

  private static void write(
      Path directory, String table, String product, String head, List<String> rows)
      throws IOException {
    Files.createDirectories(directory);
    List<String> lines = new ArrayList<>(List.of(head));
    lines.addAll(rows);
    Files.write(directory.resolve(table + ".csv"), lines);
    Files.writeString(directory.resolve(table + ".yaml"), product);
  }
}
