package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A product as the ledger knows it: names and a digest, never the terms. The full description lives
 * in the owner's catalogue and is checked against {@code digest}.
 *
 * @param owner the participant that offers it
 * @param name the table's name, unique with the owner
 * @param version 1, 2, …; each change of the product raises it
 * @param digest digest of the full description of this version
 * @param columns the column names, sorted, 1 to 2,000
 * @param published when the owner published this version
 * @param classification how the owner has classified it, or empty where it has not
 */
public record Product(
    String owner,
    String name,
    int version,
    Digest digest,
    List<String> columns,
    Instant published,
    Optional<Classification> classification)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.product/1";

  /** Checks names; sorts the columns. */
  public Product {
    Ids.participant("owner", owner);
    Ids.id("product", name);
    if (version < 1) {
      throw new RecordException(
          "product " + name + ": version " + version + "; expected 1 or more");
    }
    columns.forEach(column -> Ids.text("column", column, 128));
    columns = Ids.sortedDistinct("columns", Ids.size("columns", columns, 1, 2_000));
    published = Times.millis(published);
    List<String> known = columns;
    classification.ifPresent(classified ->
        classified
            .grades()
            .keySet()
            .forEach(column -> {
              if (!known.contains(column)) {
                throw new RecordException(
                    "product " + name + " has no column '" + column + "', which it grades");
              }
            }));
  }

  /** A product that is not classified. */
  public Product(
      String owner,
      String name,
      int version,
      Digest digest,
      List<String> columns,
      Instant published) {
    this(owner, name, version, digest, columns, published, Optional.empty());
  }

  /** Reads a product. */
  public static Product fromJson(JsonObject json) {
    json.expect(
        TYPE, "owner", "name", "version", "digest", "columns", "published", "classification");
    return new Product(
        json.string("owner"),
        json.string("name"),
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.digest("digest"),
        json.strings("columns"),
        json.time("published"),
        json.optionalObject("classification").map(Classification::fromJson));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("owner", owner)
        .put("name", name)
        .put("version", version)
        .put("digest", digest)
        .put("columns", columns)
        .put("published", published)
        .put("classification", classification)
        .build();
  }
}
