package org.tidegate.connector.sql.plan;

import java.util.List;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;

/**
 * What one owner reads of its own table.
 *
 * @param owner the participant
 * @param product its product
 * @param productDigest the version the plan was made for
 * @param sql DuckDB text: column 0 is the key's canonical text, never NULL; column i + 1 is slot i;
 *     rows of one key stand together, and whoever runs it adds them up
 * @param unique whether no key may stand twice
 * @param maxRows no more rows than the product has
 * @param slots the values that are summed
 * @param uses columns × operations, which a grant must cover
 */
public record Fragment(
    String owner,
    String product,
    Digest productDigest,
    String sql,
    boolean unique,
    int maxRows,
    List<Slot> slots,
    ColumnUses uses)
    implements CanonicalRecord {
  /** Copies. */
  public Fragment {
    slots = List.copyOf(slots);
  }

  /**
   * A column of integers.
   *
   * @param name {@code s0}, {@code s1}, …
   * @param valueBits bits of the largest magnitude of a key's sum
   * @param scale decimal digits behind the point
   * @param isDouble whether integers count units of 2^−1074
   */
  public record Slot(String name, int valueBits, int scale, boolean isDouble)
      implements CanonicalRecord {
    /** The bytes of one value in two's complement. */
    public int widthBytes() {
      return valueBits / 8 + 1;
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("name", name)
          .put("valueBits", valueBits)
          .put("scale", scale)
          .put("double", isDouble)
          .build();
    }
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("owner", owner)
        .put("product", product)
        .put("productDigest", productDigest)
        .put("sql", sql)
        .put("unique", unique)
        .put("maxRows", maxRows)
        .put("slots", slots)
        .put("uses", uses)
        .build();
  }
}
