package org.tidegate.ledger.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.ReceiptAgreement;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Use;

/** What no single transaction shows: receipts that are missing or contradict, and the balances. */
final class JobChecks {
  private final NavigableMap<String, byte[]> state;
  private final Map<Digest, LedgerEvent> reservations = new HashMap<>();
  private final List<JobRecord> jobs = new ArrayList<>();

  JobChecks(NavigableMap<String, byte[]> state, List<LedgerEvent> events) {
    this.state = state;
    for (LedgerEvent event : events) {
      if (event.function().equals("reserve")) {
        event.jobId().ifPresent(jobId -> reservations.putIfAbsent(jobId, event));
      }
    }
    for (Digest jobId : reservations.keySet()) {
      job(state, jobId).ifPresent(jobs::add);
    }
  }

  /** A job as it stands in {@code state}, or empty. */
  static Optional<JobRecord> job(NavigableMap<String, byte[]> state, Digest jobId) {
    return get(state, Keys.job(jobId), Reservation::fromJson)
        .map(reservation -> {
          List<Signed<Receipt>> receipts = new ArrayList<>();
          for (String name : reservation.proposal().body().participants()) {
            get(state, Keys.receipt(jobId, name), Receipt::signedFromJson).ifPresent(receipts::add);
          }
          return new JobRecord(
              reservation, receipts, get(state, Keys.end(jobId), JobEnd::fromJson));
        });
  }

  /**
   * The record at {@code key}, or empty. Bytes that are no record count as absent: the transaction
   * that wrote them has its finding already.
   */
  static <T> Optional<T> get(
      NavigableMap<String, byte[]> state, String key, Function<JsonObject, T> parse) {
    byte[] bytes = state.get(key);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(CanonicalJson.decode(bytes)));
    } catch (RecordException e) {
      return Optional.empty();
    }
  }

  /**
   * Jobs that ended, or whose time is up, without every party's receipt, and receipts that
   * contradict each other. A released job needs none: everybody signed that nothing was revealed.
   * That a party was cut off while another completed is no finding: it happens to the honest.
   *
   * @param end the time of the last transaction, up to which the chain can be judged
   */
  List<Finding> findings(Instant end) {
    List<Finding> findings = new ArrayList<>();
    for (JobRecord job : jobs) {
      boolean due =
          job.state() == JobRecord.State.SETTLED
              || (job.state() == JobRecord.State.RESERVED
                  && end.isAfter(job.reservation().expires()));
      if (!due) {
        continue;
      }
      for (String party : job.reservation().proposal().body().participants()) {
        if (job.receipt(party).isEmpty()) {
          findings.add(
              finding(
                  job,
                  "receipt.missing",
                  "'"
                      + party
                      + "' took part in the job reserved here and wrote no receipt; what it did"
                      + " stands on the other side's word alone"));
        }
      }
      ReceiptAgreement.contradiction(job.receipts().stream().map(Signed::body).toList())
          .ifPresent(
              text -> findings.add(finding(job, "receipt.disagree", "the receipts: " + text)));
    }
    return findings;
  }

  private Finding finding(JobRecord job, String code, String message) {
    Digest jobId = job.reservation().jobId();
    LedgerEvent event = reservations.get(jobId);
    return new Finding(
        code,
        event == null ? 0 : event.block(),
        event == null ? OptionalInt.empty() : OptionalInt.of(event.index()),
        Optional.of(jobId),
        message);
  }

  /** What became of every grant's uses. */
  List<GrantBalance> balances() {
    Map<String, long[]> counts = new TreeMap<>();
    for (JobRecord job : jobs) {
      for (Use use : job.reservation().uses()) {
        counts.computeIfAbsent(use.key(), grant -> new long[3])[job.state().ordinal()]++;
      }
    }
    List<GrantBalance> balances = new ArrayList<>();
    for (String key : state.subMap(Keys.GRANT, Keys.after(Keys.GRANT)).keySet()) {
      Optional<GrantState> present = get(state, key, GrantState::fromJson);
      if (present.isEmpty()) {
        continue;
      }
      Grant grant = present.get().grant();
      long[] count = counts.getOrDefault(grant.owner() + "/" + grant.id(), new long[3]);
      balances.add(
          new GrantBalance(
              grant.owner(),
              grant.id(),
              grant.count(),
              count[JobRecord.State.RESERVED.ordinal()],
              count[JobRecord.State.SETTLED.ordinal()],
              count[JobRecord.State.RELEASED.ordinal()]));
    }
    return balances;
  }
}
