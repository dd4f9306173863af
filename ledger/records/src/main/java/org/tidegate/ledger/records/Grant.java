package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.List;

/**
 * What an owner allows: which columns for which operations, for which purpose, for whom, when, how
 * often, and how small a group may be answered. A grant never changes; it is used up, expires or is
 * revoked.
 *
 * @param id unique among the owner's grants
 * @param owner the participant that grants; owner of the product
 * @param product the product's name
 * @param productDigest digest of the product version granted
 * @param columns columns × operations allowed
 * @param purpose the one purpose, an identifier agreed by the parties
 * @param recipients participants that may receive results, sorted, 1 to 200
 * @param from first instant of the window
 * @param until the window ends before this instant
 * @param count how many jobs may use it: 1 to 1,000,000
 * @param minimumGroup fewest data subjects in an answered group; 1 means no minimum
 * @param terms what it says beyond that
 */
public record Grant(
    String id,
    String owner,
    String product,
    Digest productDigest,
    ColumnUses columns,
    String purpose,
    List<String> recipients,
    Instant from,
    Instant until,
    int count,
    long minimumGroup,
    GrantTerms terms)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.grant/1";

  /** The greatest number of uses of one grant. */
  public static final int MAX_COUNT = 1_000_000;

  /** Checks names, window and limits. */
  public Grant {
    Ids.id("grant", id);
    Ids.participant("owner", owner);
    Ids.id("product", product);
    if (columns.columns().isEmpty()) {
      throw new RecordException("grant " + id + " names no column");
    }
    Ids.id("purpose", purpose);
    recipients = Ids.participants("recipients", Ids.size("recipients", recipients, 1, 200));
    from = Times.millis(from);
    until = Times.millis(until);
    if (!from.isBefore(until)) {
      throw new RecordException(
          "grant " + id + ": window from " + from + " until " + until + " is empty");
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new RecordException(
          "grant " + id + ": count " + count + "; expected 1 to " + MAX_COUNT);
    }
    if (minimumGroup < 1 || minimumGroup > 1_000_000_000L) {
      throw new RecordException(
          "grant " + id + ": minimumGroup " + minimumGroup + "; expected 1 to 1000000000");
    }
  }

  /** A grant without further terms. */
  public Grant(
      String id,
      String owner,
      String product,
      Digest productDigest,
      ColumnUses columns,
      String purpose,
      List<String> recipients,
      Instant from,
      Instant until,
      int count,
      long minimumGroup) {
    this(
        id,
        owner,
        product,
        productDigest,
        columns,
        purpose,
        recipients,
        from,
        until,
        count,
        minimumGroup,
        GrantTerms.NONE);
  }

  /** The same with other terms. */
  public Grant with(GrantTerms others) {
    return new Grant(
        id,
        owner,
        product,
        productDigest,
        columns,
        purpose,
        recipients,
        from,
        until,
        count,
        minimumGroup,
        others);
  }

  /** Reads a grant. */
  public static Grant fromJson(JsonObject json) {
    json.expect(
        TYPE,
        "id",
        "owner",
        "product",
        "productDigest",
        "columns",
        "purpose",
        "recipients",
        "from",
        "until",
        "count",
        "minimumGroup",
        "price",
        "frequency",
        "budget");
    return new Grant(
        json.string("id"),
        json.string("owner"),
        json.string("product"),
        json.digest("productDigest"),
        ColumnUses.fromJson(json.object("columns")),
        json.string("purpose"),
        json.strings("recipients"),
        json.time("from"),
        json.time("until"),
        (int) json.number("count", 1, MAX_COUNT),
        json.number("minimumGroup"),
        GrantTerms.fromJson(json));
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("type", TYPE)
            .put("id", id)
            .put("owner", owner)
            .put("product", product)
            .put("productDigest", productDigest)
            .put("columns", columns)
            .put("purpose", purpose)
            .put("recipients", recipients)
            .put("from", from)
            .put("until", until)
            .put("count", count)
            .put("minimumGroup", minimumGroup);
    return terms.addTo(json).build();
  }
}
