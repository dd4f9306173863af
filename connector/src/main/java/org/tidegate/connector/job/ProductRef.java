package org.tidegate.connector.job;

import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.JsonObject;

/**
 * One version of a product.
 *
 * @param owner who offers it
 * @param name its name with the owner
 * @param version 1, 2, …
 * @param digest digest of its full description, as on the ledger
 */
public record ProductRef(String owner, String name, int version, Digest digest)
    implements CanonicalRecord {
  /** Checks names. */
  public ProductRef {
    Ids.participant("owner", owner);
    Ids.id("product", name);
  }

  static ProductRef fromJson(JsonObject json) {
    json.allowOnly("owner", "name", "version", "digest");
    return new ProductRef(
        json.string("owner"),
        json.string("name"),
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.digest("digest"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("owner", owner)
        .put("name", name)
        .put("version", version)
        .put("digest", digest)
        .build();
  }
}
