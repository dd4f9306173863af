package org.tidegate.ledger.records;

/**
 * One grant a job needs, and what of it.
 *
 * @param grant the grant's id, one of its owner's
 * @param owner who granted
 * @param columns columns × operations the plan uses; within what the grant allows
 */
public record GrantNeed(String grant, String owner, ColumnUses columns) implements CanonicalRecord {
  /** Checks names. */
  public GrantNeed {
    Ids.id("grant", grant);
    Ids.participant("owner", owner);
  }

  /** Reads a need. */
  public static GrantNeed fromJson(JsonObject json) {
    json.allowOnly("grant", "owner", "columns");
    return new GrantNeed(
        json.string("grant"), json.string("owner"), ColumnUses.fromJson(json.object("columns")));
  }

  /** {@code owner/id}: what names the grant in the space. */
  public String key() {
    return owner + "/" + grant;
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("grant", grant)
        .put("owner", owner)
        .put("columns", columns)
        .build();
  }
}
