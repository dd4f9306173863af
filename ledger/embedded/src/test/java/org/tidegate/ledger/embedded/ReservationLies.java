package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Use;

/** Uses that nobody granted, which all who sign have agreed to reserve. */
final class ReservationLies {
  private ReservationLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put(
        "a use beyond the grant's count",
        plot -> {
          Grant grant = plot.any(List.of(plot.life.wide, plot.life.narrow));
          return reserve(plot, proposal(plot, grant), grant.count() + plot.between(1, 9));
        });
    kinds.put(
        "a use that another job has taken",
        plot -> reserve(plot, proposal(plot, plot.life.narrow), plot.between(1, 3)));
    kinds.put(
        "a use of a revoked grant",
        plot -> reserve(plot, proposal(plot, plot.life.revoked), plot.between(1, 3)));
    kinds.put(
        "a use of a grant that has ended",
        plot -> reserve(plot, proposal(plot, plot.life.ended), plot.between(1, 3)));
    kinds.put("a use of an ended grant, dated back", ReservationLies::datedBack);
    kinds.put("a transaction dated ahead", ReservationLies::datedAhead);
    kinds.put(
        "a use before the grant's window is over",
        plot -> limited(plot, 100, List.of(plot.between(3, 6)), plot.life.now()));
    kinds.put(
        "a use that spends a budget already spent",
        plot ->
            limited(
                plot, 100, List.of(plot.between(1, 2)), plot.life.now().plus(Duration.ofHours(9))));
    kinds.put(
        "a use that spends more than it takes",
        plot ->
            limited(
                plot,
                100L * plot.between(2, 9),
                List.of(plot.between(3, 6)),
                plot.life.now().plus(Duration.ofHours(9))));
    kinds.put(
        "a use of a grant that was never given",
        plot -> reserve(plot, needing(plot, "income-" + plot.between(1, 99), uses()), 1));
    kinds.put("a use for another purpose", ReservationLies::otherPurpose);
    kinds.put("a use for another recipient", ReservationLies::otherRecipient);
    kinds.put(
        "a use of columns that are not granted",
        plot ->
            reserve(plot, needing(plot, "wide", columns("amount", Operation.JOIN)), ticket(plot)));
    kinds.put("a proposal that its proposer did not sign", ReservationLies::unsignedProposal);
    kinds.put("a proposal that another reserves", ReservationLies::otherCaller);
    kinds.put("a proposal that had expired", ReservationLies::expired);
    kinds.put("a proposal of another space", ReservationLies::otherSpace);
    kinds.put("an acceptance left out", plot -> acceptances(plot, signed -> signed.removeLast()));
    kinds.put("an acceptance that its party did not sign", ReservationLies::forgedAcceptance);
    kinds.put("an acceptance of another plan", ReservationLies::otherPlan);
    kinds.put("an acceptance of another job", ReservationLies::otherJob);
    kinds.put("an acceptance of one who is no party", ReservationLies::noParty);
    kinds.put("other grants than the proposal needs", ReservationLies::otherGrants);
    kinds.put("a settled job reserved again", plot -> again(plot, plot.life.settledJob));
    kinds.put("a released job reserved again", plot -> again(plot, plot.life.releasedJob));
    return kinds;
  }

  private static int ticket(Plot plot) {
    return plot.life.freeTicket();
  }

  private static ColumnUses uses() {
    return ColumnUses.of(Map.of("uscc", Set.of(Operation.JOIN), "amount", Set.of(Operation.SUM)));
  }

  private static ColumnUses columns(String column, Operation operation) {
    return ColumnUses.of(Map.of(column, Set.of(operation)));
  }

  private static Proposal proposal(Plot plot, Grant grant) {
    return plot.life.jobs.proposal(Duration.ofMinutes(plot.between(5, 50)), grant);
  }

  private static Proposal needing(Plot plot, String grant, ColumnUses columns) {
    Proposal pattern = proposal(plot, plot.life.wide);
    return proposal(
        pattern,
        pattern.space(),
        pattern.recipient(),
        pattern.purpose(),
        List.of(new GrantNeed(grant, "tax", columns)),
        pattern.expires());
  }

  private static Proposal proposal(
      Proposal pattern,
      String space,
      String recipient,
      String purpose,
      List<GrantNeed> needs,
      Instant expires) {
    return new Proposal(
        space,
        pattern.proposer(),
        recipient,
        purpose,
        pattern.participants(),
        needs,
        pattern.planDigest(),
        pattern.contentDigest(),
        pattern.created(),
        expires);
  }

  private static Told reserve(Plot plot, Proposal proposal, int ticket) {
    return reserve(plot, "bank", plot.life.reservation(proposal, ticket), plot.life.now());
  }

  private static Told reserve(Plot plot, String caller, Reservation reservation, Instant time) {
    return plot.append(forged(plot, caller, reservation, time), "contract.refused");
  }

  private static Told limited(Plot plot, long microEpsilon, List<Integer> slices, Instant time) {
    Reservation job = plot.life.limitedJob(plot.between(2, 5), microEpsilon, slices);
    return reserve(plot, "bank", job, time);
  }

  /** What the endorsers agree that this reservation writes, against the rules. */
  private static TxDraft forged(Plot plot, String caller, Reservation reservation, Instant time) {
    JsonObject request = reservation.toJson();
    TxDraft draft = plot.life.chain.refused(caller, "reserve", request, time);
    ByteString bytes = ByteString.copyFrom(CanonicalJson.encode(request));
    draft.set =
        draft.set.toBuilder()
            .addWrites(write(Keys.job(reservation.jobId()), bytes))
            .addAllWrites(reservation.uses().stream().map(use -> taken(reservation, use)).toList())
            .build();
    draft.answer = bytes;
    return draft;
  }

  static KVWrite write(String key, ByteString value) {
    return KVWrite.newBuilder().setKey(key).setValue(value).build();
  }

  private static KVWrite taken(Reservation reservation, Use use) {
    return write(
        Keys.tickets(use.owner(), use.grant()) + "%07d".formatted(use.ticket()),
        ByteString.copyFrom(
            CanonicalJson.encode(JsonObject.builder().put("jobId", reservation.jobId()).build())));
  }

  private static Told datedBack(Plot plot) {
    Instant then = plot.life.ended.from().plus(Duration.ofHours(plot.between(1, 150)));
    Proposal pattern = proposal(plot, plot.life.ended);
    Proposal proposal =
        new Proposal(
            pattern.space(),
            pattern.proposer(),
            pattern.recipient(),
            pattern.purpose(),
            pattern.participants(),
            pattern.needs(),
            pattern.planDigest(),
            pattern.contentDigest(),
            then.minusSeconds(1),
            then.plusSeconds(600));
    Reservation reservation = plot.life.reservation(proposal, plot.between(1, 3));
    // On its own time the rules allow it.
    return plot.append(
        plot.life.chain.simulate("bank", "reserve", reservation.toJson(), then), "tx.time");
  }

  private static Told datedAhead(Plot plot) {
    return plot.change(
        plot.place(draft ->
            !draft.function().equals("settle")
                && !draft.function().equals("release")
                && !draft.function().equals("reserve")
                && draft.time.isBefore(plot.life.now().minus(Duration.ofDays(20)))),
        draft -> draft.time = draft.time.plus(Duration.ofDays(plot.between(11, 60))),
        "tx.time");
  }

  private static Told otherPurpose(Plot plot) {
    Proposal pattern = proposal(plot, plot.life.wide);
    return reserve(
        plot,
        proposal(
            pattern,
            pattern.space(),
            pattern.recipient(),
            "advertising",
            pattern.needs(),
            pattern.expires()),
        ticket(plot));
  }

  private static Told otherRecipient(Plot plot) {
    Proposal pattern = proposal(plot, plot.life.wide);
    return reserve(
        plot,
        proposal(
            pattern, pattern.space(), "tax", pattern.purpose(), pattern.needs(), pattern.expires()),
        ticket(plot));
  }

  private static Told expired(Plot plot) {
    Proposal pattern = proposal(plot, plot.life.wide);
    Duration late = Duration.ofMinutes(plot.between(1, 90));
    Reservation reservation = plot.life.reservation(pattern, ticket(plot));
    return reserve(plot, "bank", reservation, pattern.expires().plus(late));
  }

  private static Told otherSpace(Plot plot) {
    Proposal pattern = proposal(plot, plot.life.wide);
    return reserve(
        plot,
        proposal(
            pattern,
            "estuary",
            pattern.recipient(),
            pattern.purpose(),
            pattern.needs(),
            pattern.expires()),
        ticket(plot));
  }

  private static Told unsignedProposal(Plot plot) {
    Signed<Proposal> signed = plot.life.space.get("tax").sign(proposal(plot, plot.life.wide));
    return reserve(plot, "bank", plot.life.jobs.reservation(signed, ticket(plot)), plot.life.now());
  }

  private static Told otherCaller(Plot plot) {
    return reserve(
        plot,
        plot.any(List.of("tax", "trade")),
        plot.life.reservation(proposal(plot, plot.life.wide), ticket(plot)),
        plot.life.now());
  }

  private interface Change {
    void of(List<Signed<Acceptance>> signed);
  }

  private static Told acceptances(Plot plot, Change change) {
    Reservation honest = plot.life.reservation(proposal(plot, plot.life.wide), ticket(plot));
    List<Signed<Acceptance>> signed = new ArrayList<>(honest.acceptances());
    change.of(signed);
    return reserve(
        plot, "bank", new Reservation(honest.proposal(), honest.uses(), signed), plot.life.now());
  }

  private static Told forgedAcceptance(Plot plot) {
    return acceptances(
        plot, signed -> signed.set(1, plot.life.space.get("bank").sign(signed.get(1).body())));
  }

  private static Told otherPlan(Plot plot) {
    return acceptances(
        plot,
        signed -> {
          Acceptance said = signed.get(1).body();
          signed.set(
              1,
              plot.life
                  .space
                  .get("tax")
                  .sign(
                      new Acceptance(
                          said.jobId(),
                          said.jobId(),
                          "tax",
                          said.inputCommitments(),
                          said.expires())));
        });
  }

  private static Told otherJob(Plot plot) {
    return acceptances(plot, signed -> signed.set(1, plot.life.settledJob.acceptances().get(1)));
  }

  private static Told noParty(Plot plot) {
    return acceptances(
        plot,
        signed -> {
          Acceptance said = signed.get(1).body();
          signed.add(
              plot.life
                  .space
                  .get("trade")
                  .sign(
                      new Acceptance(
                          said.jobId(),
                          said.planDigest(),
                          "trade",
                          said.inputCommitments(),
                          said.expires())));
        });
  }

  private static Told otherGrants(Plot plot) {
    Reservation honest = plot.life.reservation(proposal(plot, plot.life.wide), ticket(plot));
    return reserve(
        plot,
        "bank",
        new Reservation(
            honest.proposal(), List.of(new Use("narrow", 9, "tax")), honest.acceptances()),
        plot.life.now());
  }

  private static Told again(Plot plot, Reservation job) {
    Reservation again =
        new Reservation(
            job.proposal(),
            job.uses().stream()
                .map(use -> new Use(use.grant(), ticket(plot), use.owner()))
                .toList(),
            job.acceptances());
    Told told = reserve(plot, "bank", again, plot.life.now());
    return new Told(told.codes(), told.block(), told.tx(), Optional.of(job.jobId()));
  }
}
