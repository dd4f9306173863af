package org.tidegate.connector.job;

import java.util.List;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * The private part of a proposal: all that a participant needs to derive the same plan. It travels
 * from node to node and never onto the ledger, which holds its digest; the salt keeps that digest
 * from betraying a guessed query.
 *
 * @param sql the statement as the analyst wrote it
 * @param recipient who receives the result
 * @param security {@code semi-honest} or {@code malicious}
 * @param products the product versions the plan was made for, sorted by the planner
 * @param numbers every number the planner used, and the protocol's parameters
 * @param salt hex of 32 random bytes; salts the plan too
 */
public record JobContent(
    String sql,
    String recipient,
    String security,
    List<ProductRef> products,
    JsonObject numbers,
    String salt)
    implements CanonicalRecord {
  private static final String TYPE = "tidegate.job-content/1";
  private static final int SALT_BYTES = 32;
  private static final int MAX_SQL = 100_000;

  /** Checks sizes. */
  public JobContent {
    if (sql.isBlank() || sql.length() > MAX_SQL) {
      throw new RecordException("the statement has " + sql.length() + " characters");
    }
    Ids.participant("recipient", recipient);
    products = Ids.size("products", products, 1, 100);
    Ids.hex("salt", salt, SALT_BYTES, SALT_BYTES);
  }

  /** Reads the content of a proposal. */
  public static JobContent fromJson(JsonObject json) {
    json.expect(TYPE, "sql", "recipient", "security", "products", "numbers", "salt");
    return new JobContent(
        json.string("sql"),
        json.string("recipient"),
        json.string("security"),
        json.objects("products", ProductRef::fromJson),
        json.object("numbers"),
        json.string("salt"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("sql", sql)
        .put("recipient", recipient)
        .put("security", security)
        .put("products", products)
        .put("numbers", numbers)
        .put("salt", salt)
        .build();
  }
}
