package org.tidegate.connector.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.connector.store.DocumentTables;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.SaltedText;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Standing;
import org.tidegate.ledger.records.StandingNotice;

/** {@code participant.rule} and {@code participant.list}. */
final class ParticipantRecords implements RecordDesk.Part {
  private final LedgerClient ledger;
  private final DocumentTables tables;

  ParticipantRecords(LedgerClient ledger, DocumentTables tables) {
    this.ledger = ledger;
    this.tables = tables;
  }

  @Override
  public void addTo(RecordDesk desk) {
    desk.add("participant.rule", this::rule);
    desk.add("participant.list", this::list);
  }

  /** Carries the authority's notice to the ledger; the reason stays in this node's store. */
  private JsonObject rule(JsonObject request) {
    StandingNotice notice = StandingNotice.fromJson(request);
    ledger.putStanding(notice.standing());
    tables.keepNote(notice.reason());
    String name = notice.standing().body().participant();
    return ledger.participantState(name).map(this::describe).orElseThrow();
  }

  private JsonObject list(JsonObject request) {
    request.allowOnly();
    List<JsonObject> participants = new ArrayList<>();
    String after = "";
    do {
      Page<ParticipantState> page = ledger.participants(after, Page.MAX_LIMIT);
      page.entries().forEach(state -> participants.add(describe(state)));
      after = page.next();
    } while (!after.isEmpty());
    return JsonObject.builder().put("participants", participants).build();
  }

  private JsonObject describe(ParticipantState state) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("participant", state.entry().name())
            .put("suspended", state.suspension().isPresent())
            .put(
                "certificateUntil",
                state.entry().certificate().getNotAfter().toInstant().toString());
    Optional<Standing> standing = state.standing().map(Signed::body);
    standing.ifPresent(last ->
        json.put("number", last.number())
            .put("at", last.at())
            .put("reasonDigest", last.reason())
            .put("reason", tables.note(last.reason()).map(SaltedText::text)));
    return json.build();
  }
}
