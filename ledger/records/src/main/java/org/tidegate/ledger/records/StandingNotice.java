package org.tidegate.ledger.records;

/**
 * A standing as the authority hands it to the members: with the reason, whose digest alone goes to
 * the ledger.
 *
 * @param standing signed by the space authority
 * @param reason the reason
 */
public record StandingNotice(Signed<Standing> standing, SaltedText reason)
    implements CanonicalRecord {
  /** Checks that the reason is the one the standing is about. */
  public StandingNotice {
    if (!reason.digest().equals(standing.body().reason())) {
      throw new RecordException(
          "the reason is not the one that standing "
              + standing.body().number()
              + " of '"
              + standing.body().participant()
              + "' was signed with");
    }
  }

  /** Reads a notice. */
  public static StandingNotice fromJson(JsonObject json) {
    json.allowOnly("standing", "reason");
    return new StandingNotice(
        Standing.signedFromJson(json.object("standing")),
        SaltedText.fromJson(json.object("reason")));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("standing", standing).put("reason", reason).build();
  }
}
