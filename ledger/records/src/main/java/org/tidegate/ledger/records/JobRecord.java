package org.tidegate.ledger.records;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that stands on the ledger about one job.
 *
 * @param reservation its reservation
 * @param receipts the receipts so far, sorted by participant
 * @param end its settlement or release, or empty while it is open
 */
public record JobRecord(
    Reservation reservation, List<Signed<Receipt>> receipts, Optional<JobEnd> end)
    implements CanonicalRecord {
  /** Where a job stands on the ledger. */
  public enum State {
    /** Its uses are taken, the job is open. */
    RESERVED,
    /** Closed; its uses count. */
    SETTLED,
    /** Closed; its uses were given back. */
    RELEASED
  }

  /** Sorts the receipts. */
  public JobRecord {
    receipts =
        receipts.stream()
            .sorted(Comparator.comparing(signed -> signed.body().participant()))
            .toList();
  }

  /** Reads a job. */
  public static JobRecord fromJson(JsonObject json) {
    json.allowOnly("reservation", "receipts", "end");
    return new JobRecord(
        Reservation.fromJson(json.object("reservation")),
        json.objects("receipts", Receipt::signedFromJson),
        json.has("end") ? Optional.of(JobEnd.fromJson(json.object("end"))) : Optional.empty());
  }

  /** Where the job stands. */
  public State state() {
    return end.map(closed ->
            switch (closed) {
              case Settlement settlement -> State.SETTLED;
              case Release release -> State.RELEASED;
            })
        .orElse(State.RESERVED);
  }

  /** The receipt of {@code participant}, or empty. */
  public Optional<Receipt> receipt(String participant) {
    return receipts.stream()
        .map(Signed::body)
        .filter(receipt -> receipt.participant().equals(participant))
        .findFirst();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("reservation", reservation)
        .put("receipts", receipts)
        .put("end", end)
        .build();
  }
}
