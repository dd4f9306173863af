package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * One grant a job needs, and what of it.
 *
 * @param grant the grant's id, one of its owner's
 * @param owner who granted
 * @param columns columns × operations the plan uses; within what the grant allows
 * @param microEpsilon what the job spends of the grant's {@link Budget}, in millionths of ε; there
 *     if and only if the grant has one. Everybody who accepts the job has agreed to it
 */
public record GrantNeed(String grant, String owner, ColumnUses columns, Optional<Long> microEpsilon)
    implements CanonicalRecord {
  private static final long MAX_MICRO_EPSILON = 1_000_000_000_000L;

  /** Checks names. */
  public GrantNeed {
    Ids.id("grant", grant);
    Ids.participant("owner", owner);
    microEpsilon.ifPresent(spent -> {
      if (spent < 1 || spent > MAX_MICRO_EPSILON) {
        throw new RecordException("microEpsilon " + spent + "; expected 1 to " + MAX_MICRO_EPSILON);
      }
    });
  }

  /** A need of a grant without a budget. */
  public GrantNeed(String grant, String owner, ColumnUses columns) {
    this(grant, owner, columns, Optional.empty());
  }

  /** Reads a need. */
  public static GrantNeed fromJson(JsonObject json) {
    json.allowOnly("grant", "owner", "columns", "microEpsilon");
    return new GrantNeed(
        json.string("grant"),
        json.string("owner"),
        ColumnUses.fromJson(json.object("columns")),
        json.has("microEpsilon") ? Optional.of(json.number("microEpsilon")) : Optional.empty());
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
        .put("microEpsilon", microEpsilon)
        .build();
  }
}
