package org.tidegate.ledger.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Use;

/**
 * Some months in the life of a space in which everybody is honest: dozens of jobs on several
 * grants, settled, released and open, races lost, requests repeated, a revocation, renewals.
 */
final class HonestLife {
  static final int ROUNDS = 8;
  private static final int JOBS_A_ROUND = 4;

  final TestSpace space = new TestSpace();
  final DraftChain chain = new DraftChain(space);
  final TestJobs jobs = new TestJobs(space, chain);
  final Grant wide;
  final Grant narrow;
  final Grant revoked;
  final Grant ended;
  final Grant limited;
  final Reservation openJob;
  final Reservation settledJob;
  final Reservation releasedJob;
  final List<SignedHead> heads;
  private final List<Reservation> settled = new ArrayList<>();
  private final List<Reservation> released = new ArrayList<>();
  private int wideTicket = 1;
  private int narrowTicket = 1;

  HonestLife() {
    jobs.prepare();
    wide = put("wide", 60, Duration.ofDays(200));
    narrow = put("narrow", ROUNDS + 1, Duration.ofDays(200));
    revoked = put("revoked", 3, Duration.ofDays(200));
    ended = put("ended", 3, Duration.ofDays(8));
    limited =
        put(
            "limited",
            5,
            Duration.ofDays(200),
            GrantTerms.NONE.with(new Frequency(1, Duration.ofHours(8))).with(new Budget(100, 6)));
    for (int round = 0; round < ROUNDS; round++) {
      chain.pass(Duration.ofDays(9));
      round(round);
      if (round == 2) {
        renew();
      }
      if (round == 4) {
        jobs.revoke(revoked, "the purpose is fulfilled");
      }
    }
    chain.submit("bank", "reserve", limitedJob(1, 200, List.of(1, 2)).toJson());
    openJob = reservation(jobs.proposal(Duration.ofDays(1), wide), wideTicket++);
    chain.submit("bank", "reserve", openJob.toJson());
    settledJob = settled.getLast();
    releasedJob = released.getLast();
    heads = chain.heads(chain.blocks(), List.of("bank", "tax"));
  }

  List<Block> blocks() {
    return chain.blocks();
  }

  Instant now() {
    return chain.now();
  }

  /** A ticket of the wide grant that nobody has. */
  int freeTicket() {
    return wideTicket;
  }

  private Grant put(String id, int count, Duration lifetime) {
    return put(id, count, lifetime, GrantTerms.NONE);
  }

  /** A reservation of a use of the limited grant, which spends so much and takes these slices. */
  Reservation limitedJob(int ticket, long microEpsilon, List<Integer> slices) {
    Proposal plain = jobs.proposal(Duration.ofDays(1), limited);
    Proposal spending =
        new Proposal(
            plain.space(),
            plain.proposer(),
            plain.recipient(),
            plain.purpose(),
            plain.participants(),
            plain.needs().stream()
                .map(need ->
                    new GrantNeed(
                        need.grant(), need.owner(), need.columns(), Optional.of(microEpsilon)))
                .toList(),
            plain.planDigest(),
            plain.contentDigest(),
            plain.created(),
            plain.expires());
    Signed<Proposal> signed = jobs.sign(spending);
    return new Reservation(
        signed,
        List.of(new Use("limited", ticket, "tax", Optional.of(1), slices)),
        jobs.acceptances(signed));
  }

  private Grant put(String id, int count, Duration lifetime, GrantTerms terms) {
    Grant pattern = jobs.grant(id, count);
    Grant grant =
        new Grant(
            id,
            pattern.owner(),
            pattern.product(),
            pattern.productDigest(),
            pattern.columns(),
            pattern.purpose(),
            pattern.recipients(),
            pattern.from(),
            pattern.from().plus(lifetime),
            count,
            pattern.minimumGroup(),
            terms);
    jobs.put(grant);
    return grant;
  }

  Reservation reservation(Proposal proposal, int ticket) {
    return jobs.reservation(jobs.sign(proposal), ticket);
  }

  private void round(int round) {
    List<Reservation> reserved = new ArrayList<>();
    chain.batch();
    for (int i = 0; i < JOBS_A_ROUND; i++) {
      reserved.add(reservation(jobs.proposal(wide), wideTicket++));
    }
    Grant other = round < 3 ? revoked : narrow;
    reserved.add(reservation(jobs.proposal(other), round < 3 ? round + 1 : narrowTicket++));
    reserved.forEach(job -> chain.submit("bank", "reserve", job.toJson()));
    if (round % 3 == 1) {
      // Loses the race for a ticket; its flag says so.
      Reservation loser = reservation(jobs.proposal(wide), wideTicket - 1);
      chain.submit("bank", "reserve", loser.toJson());
    }
    chain.cut();
    chain.pass(Duration.ofMinutes(2));
    Reservation toRelease = reserved.getFirst();
    chain.batch();
    JsonObject repeated = JsonObject.empty();
    for (Reservation job : reserved) {
      if (!job.equals(toRelease)) {
        repeated = receipt(job, "tax");
        receipt(job, "bank");
      }
    }
    chain.cut();
    chain.pass(Duration.ofMinutes(1));
    chain.batch();
    for (Reservation job : reserved) {
      if (job.equals(toRelease)) {
        chain.submit(
            "tax",
            "release",
            JsonObject.builder()
                .put("jobId", job.jobId())
                .put("statements", jobs.statements(job))
                .build());
      } else {
        chain.submit(
            round % 2 == 0 ? "bank" : "tax",
            "settle",
            JsonObject.builder().put("jobId", job.jobId()).build());
      }
    }
    chain.cut();
    if (round == 3) {
      // The same again writes nothing.
      chain.submit("tax", "receipt", repeated);
    }
    released.add(toRelease);
    settled.add(reserved.getLast());
  }

  private JsonObject receipt(Reservation job, String name) {
    JsonObject receipt = space.get(name).sign(jobs.receipt(job, name)).toJson();
    chain.submit(name, "receipt", receipt);
    return receipt;
  }

  private void renew() {
    SpaceStatement first = space.statement(chain.genesisHash());
    SpaceStatement second =
        new SpaceStatement(
            first.space(),
            2,
            first.authority(),
            first.orderer(),
            first.members(),
            first.genesisHash());
    chain.client("tax").putSpace(Signed.sign(second, space.rootKey()));
    chain
        .client("trade")
        .putParticipant(space.get("trade").entryUntil(chain.now().plus(Duration.ofDays(100))));
    chain.client("tax").putProduct(jobs.product(2));
    jobs.rule("trade", true);
    jobs.rule("trade", false);
  }

  /** The request of a transaction. */
  static JsonObject request(TxDraft draft) {
    return CanonicalJson.decode(draft.arguments.get(1).toByteArray());
  }
}
