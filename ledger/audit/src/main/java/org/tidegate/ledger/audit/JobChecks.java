package org.tidegate.ledger.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.ReceiptAgreement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Use;

/**
 * What no single transaction shows: receipts that are missing or contradict, and what became of
 * every grant's uses. Looks at one job after the other, so many need no more memory than one.
 */
final class JobChecks {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

  private final RecordState state;
  private final JobIndex index;
  private final List<Finding> findings = new ArrayList<>();
  private final SortedMap<String, long[]> counts = new TreeMap<>();
  private final SortedMap<UsageKey, long[]> usage = new TreeMap<>();

  private record UsageKey(String owner, String grant, String purpose, String month)
      implements Comparable<UsageKey> {
    @Override
    public int compareTo(UsageKey other) {
      return Comparator.comparing(UsageKey::owner)
          .thenComparing(UsageKey::grant)
          .thenComparing(UsageKey::purpose)
          .thenComparing(UsageKey::month)
          .compare(this, other);
    }
  }

  /** What is to be said of one job. */
  private record Facts(
      List<Finding> findings, List<Use> uses, String purpose, String month, int state) {}

  /**
   * @param end the time of the last transaction, up to which the chain can be judged
   */
  JobChecks(RecordState state, JobIndex index, Instant end) {
    this(state, index, index.jobs(), end);
  }

  /**
   * @param judged the jobs to look at
   * @param end the time of the last transaction, up to which the chain can be judged
   */
  JobChecks(RecordState state, JobIndex index, Set<Digest> judged, Instant end) {
    this.state = state;
    this.index = index;
    List<Digest> jobs = List.copyOf(judged);
    for (int from = 0; from < jobs.size(); from += 256) {
      jobs.subList(from, Math.min(jobs.size(), from + 256)).parallelStream()
          .map(jobId -> facts(jobId, end))
          .flatMap(Optional::stream)
          .toList()
          .forEach(this::count);
    }
  }

  /** A job as it stands in {@code state}, or empty. */
  static Optional<JobRecord> job(RecordState state, Digest jobId) {
    return state
        .get(Keys.job(jobId), Reservation::fromJson)
        .map(reservation -> {
          List<Signed<Receipt>> receipts = new ArrayList<>();
          for (String name : reservation.proposal().body().participants()) {
            state.get(Keys.receipt(jobId, name), Receipt::signedFromJson).ifPresent(receipts::add);
          }
          return new JobRecord(reservation, receipts, state.get(Keys.end(jobId), JobEnd::fromJson));
        });
  }

  private Optional<Facts> facts(Digest jobId, Instant end) {
    return job(state, jobId)
        .map(job ->
            new Facts(
                findings(job, end),
                job.reservation().uses(),
                job.reservation().proposal().body().purpose(),
                MONTH.format(index.reserved(jobId)),
                job.state().ordinal()));
  }

  private void count(Facts facts) {
    findings.addAll(facts.findings());
    for (Use use : facts.uses()) {
      counts.computeIfAbsent(use.key(), grant -> new long[3])[facts.state()]++;
      usage
          .computeIfAbsent(
              new UsageKey(use.owner(), use.grant(), facts.purpose(), facts.month()),
              key -> new long[3])[facts.state()]++;
    }
  }

  /**
   * Jobs that ended, or whose time is up, without every party's receipt, and receipts that
   * contradict each other. A released job needs none: everybody signed that nothing was revealed.
   * That a party was cut off while another completed is no finding: it happens to the honest.
   */
  List<Finding> findings() {
    return findings;
  }

  private List<Finding> findings(JobRecord job, Instant end) {
    boolean due =
        job.state() == JobRecord.State.SETTLED
            || (job.state() == JobRecord.State.RESERVED
                && end.isAfter(job.reservation().expires()));
    if (!due) {
      return List.of();
    }
    List<Finding> said = new ArrayList<>();
    for (String party : job.reservation().proposal().body().participants()) {
      if (job.receipt(party).isEmpty()) {
        said.add(
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
        .ifPresent(text -> said.add(finding(job, "receipt.disagree", "the receipts: " + text)));
    return said;
  }

  private Finding finding(JobRecord job, String code, String message) {
    Digest jobId = job.reservation().jobId();
    JobIndex.Place place = index.of(jobId).getFirst();
    return new Finding(
        code, place.block(), OptionalInt.of(place.index()), Optional.of(jobId), message);
  }

  /** What became of every grant's uses. */
  List<GrantBalance> balances() {
    List<GrantBalance> balances = new ArrayList<>();
    for (String key : state.keys(Keys.GRANT, Keys.after(Keys.GRANT))) {
      Optional<GrantState> present = state.get(key, GrantState::fromJson);
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

  /** The uses behind the balances. */
  List<Usage> usage() {
    List<Usage> list = new ArrayList<>();
    usage.forEach((key, count) ->
        list.add(
            new Usage(
                key.owner(),
                key.grant(),
                key.purpose(),
                key.month(),
                count[JobRecord.State.RESERVED.ordinal()],
                count[JobRecord.State.SETTLED.ordinal()],
                count[JobRecord.State.RELEASED.ordinal()])));
    return list;
  }
}
