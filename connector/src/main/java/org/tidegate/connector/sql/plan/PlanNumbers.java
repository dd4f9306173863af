package org.tidegate.connector.sql.plan;

import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.mpc.paillier.PaillierParameters;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * Every number that planning uses beside the statement and the catalogue. They stand in the
 * proposal, so that every owner plans with the same ones.
 *
 * @param computationalBits κ
 * @param statisticalBits λ
 * @param paillierBits the key's size
 * @param batchItems points a frame
 * @param lineMegabits the line's speed as declared, in 10^6 bits a second: what transfers are
 *     estimated with
 */
public record PlanNumbers(
    int computationalBits, int statisticalBits, int paillierBits, int batchItems, int lineMegabits)
    implements CanonicalRecord {
  /** κ = 128, λ = 40, 3072-bit keys, 2048 points a frame, 100 Mbit/s. */
  public static final PlanNumbers DEFAULTS = new PlanNumbers(128, 40, 3072, 2048, 100);

  private static final int MAX_MEGABITS = 1_000_000;

  /** Checks the line. */
  public PlanNumbers {
    if (lineMegabits < 1 || lineMegabits > MAX_MEGABITS) {
      throw new SqlRefusal(
          "plan.parameters",
          Position.NONE,
          "a line of " + lineMegabits + " Mbit/s is not within 1 and " + MAX_MEGABITS);
    }
  }

  /** What so many bytes take on the line. */
  long lineMillis(long bytes) {
    return bytes * 8 / (1_000L * lineMegabits);
  }

  /** The security level; below its floor it does not construct. */
  SecurityLevel security() {
    try {
      return new SecurityLevel(computationalBits, statisticalBits);
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** The Paillier parameters; below their floor they do not construct. */
  PaillierParameters paillier() {
    try {
      return new PaillierParameters(paillierBits);
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  static SqlRefusal refused(RuntimeException e) {
    return new SqlRefusal("plan.parameters", Position.NONE, String.valueOf(e.getMessage()));
  }

  /** The rows a side may bring; a product's rows are declared when it is published. */
  static List<Integer> rows(List<Product> products) {
    return products.stream()
        .map(product -> (int) Math.min(Integer.MAX_VALUE, Math.max(1, product.rows())))
        .toList();
  }

  /** Reads the numbers of a proposal. */
  public static PlanNumbers fromJson(JsonObject json) {
    json.allowOnly(
        "computationalBits", "statisticalBits", "paillierBits", "batchItems", "lineMegabits");
    return new PlanNumbers(
        (int) json.number("computationalBits", 1, 4096),
        (int) json.number("statisticalBits", 1, 4096),
        (int) json.number("paillierBits", 1, 65_536),
        (int) json.number("batchItems", 1, 1 << 20),
        (int) json.number("lineMegabits", 1, MAX_MEGABITS));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("computationalBits", computationalBits)
        .put("statisticalBits", statisticalBits)
        .put("paillierBits", paillierBits)
        .put("batchItems", batchItems)
        .put("lineMegabits", lineMegabits)
        .build();
  }
}
