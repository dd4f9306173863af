package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * A participant as it stands on the ledger: its own entry and, beside it, the authority's last word
 * on its standing. Written as the entry with one more field, so that an entry nobody has ruled on
 * is what it always was.
 *
 * @param entry written by the participant
 * @param standing signed by the space authority, or empty where there never was one
 */
public record ParticipantState(Participant entry, Optional<Signed<Standing>> standing)
    implements CanonicalRecord {
  /** Reads a participant's state. */
  public static ParticipantState fromJson(JsonObject json) {
    JsonObject.Builder entry = JsonObject.builder();
    json.fields()
        .forEach((key, value) -> {
          if (!key.equals("standing")) {
            entry.put(key, value);
          }
        });
    return new ParticipantState(
        Participant.fromJson(entry.build()),
        json.optionalObject("standing").map(Standing::signedFromJson));
  }

  /** The standing in force where it suspends, or empty. */
  public Optional<Standing> suspension() {
    return standing.map(Signed::body).filter(Standing::suspended);
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    entry.toJson().fields().forEach((key, value) -> json.put(key, value));
    return json.put("standing", standing).build();
  }
}
