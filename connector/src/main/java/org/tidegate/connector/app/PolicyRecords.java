package org.tidegate.connector.app;

import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.JsonObject;

/** {@code policy.put} and {@code policy.show}: what the space allows with graded columns. */
final class PolicyRecords implements RecordDesk.Part {
  private final LedgerClient ledger;

  PolicyRecords(LedgerClient ledger) {
    this.ledger = ledger;
  }

  @Override
  public void addTo(RecordDesk desk) {
    desk.add("policy.put", this::put);
    desk.add("policy.show", this::show);
  }

  private JsonObject put(JsonObject request) {
    ledger.putGradePolicy(GradePolicy.signedFromJson(request));
    return show(JsonObject.empty());
  }

  private JsonObject show(JsonObject request) {
    request.allowOnly();
    return JsonObject.builder()
        .put("policy", ledger.gradePolicy().map(signed -> signed.body().toJson()))
        .build();
  }
}
