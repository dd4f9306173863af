package org.tidegate.connector.job;

import static org.tidegate.connector.job.JobState.ACCEPTED;
import static org.tidegate.connector.job.JobState.PROPOSED;
import static org.tidegate.connector.job.JobState.REFUSED;
import static org.tidegate.connector.job.JobState.RELEASED;
import static org.tidegate.connector.job.JobState.RESERVED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.policy.PolicyException;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Standing;

/**
 * What this node answers a coordinator. Nothing the coordinator says is believed: who it is comes
 * from its certificate, the plan from the SQL text and this node's own catalogue, permission from
 * this owner's own grants, and the reservation from this node's own view of the ledger.
 */
final class OwnerDesk {
  private static final Logger log = LoggerFactory.getLogger(OwnerDesk.class);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private final JobParts parts;
  private final LiveJobs live;
  private final Finisher finisher;
  private final JobSlots slots;

  OwnerDesk(JobParts parts, LiveJobs live, Finisher finisher) {
    this.parts = parts;
    this.live = live;
    this.finisher = finisher;
    this.slots = new JobSlots(parts.settings().concurrent());
  }

  /**
   * Decides on a proposal.
   *
   * @param peer who asks, as its certificate proves
   * @return the signed acceptance
   * @throws JobException refused, with the reason for the coordinator
   */
  Signed<Acceptance> propose(String peer, Signed<Proposal> signed, JobContent content) {
    Proposal proposal = signed.body();
    checkProposal(peer, signed, content);
    Digest jobId = Proposal.jobId(signed);
    JobPlan plan = derive(proposal, content);
    long minimumGroup = checkPolicy(proposal, plan);
    boolean fresh =
        parts
            .store()
            .propose(
                jobId,
                JobRole.OWNER,
                proposal.expires(),
                List.of(
                    new JobStore.Document(
                        JobStore.Kind.PROPOSAL, "", CanonicalJson.encodeText(signed.toJson())),
                    new JobStore.Document(
                        JobStore.Kind.CONTENT, "", CanonicalJson.encodeText(content.toJson())),
                    new JobStore.Document(JobStore.Kind.PLAN, "", plan.json())));
    if (!fresh) {
      throw JobException.refused(
          "job.repeated", "job " + jobId + " was proposed to " + parts.party().self() + " before");
    }
    try {
      return accept(jobId, proposal, plan, minimumGroup);
    } catch (JobException e) {
      parts.store().outcome(jobId, e.outcome());
      parts.store().move(jobId, Set.of(PROPOSED), REFUSED, List.of());
      // It signed nothing, so nothing can be reserved.
      parts.store().move(jobId, Set.of(REFUSED), RELEASED, List.of());
      throw e;
    }
  }

  private void checkProposal(String peer, Signed<Proposal> signed, JobContent content) {
    Proposal proposal = signed.body();
    String self = parts.party().self();
    Instant now = parts.clock().instant();
    require(
        proposal.proposer().equals(peer),
        "proposal.proposer",
        "the proposal is by " + proposal.proposer() + ", and " + peer + " sent it");
    require(
        parts.party().isMember(peer),
        "proposal.proposer",
        peer + " is no member of the space " + parts.party().space());
    require(
        proposal.space().equals(parts.party().space()),
        "proposal.space",
        "the proposal is for the space " + proposal.space());
    PeerSignature signature = PeerSignature.check(parts.ledger(), peer, signed, now);
    require(
        signature != PeerSignature.EXPIRED,
        "proposal.signature",
        "the receipt certificate of " + peer + " is not valid now; it must renew its keys");
    if (signature == PeerSignature.NO_ENTRY) {
      throw JobException.refused("proposal.signature", peer + " has no entry on the ledger yet");
    }
    require(
        signature == PeerSignature.GENUINE,
        "proposal.signature",
        "the proposal is not signed with the receipt key of " + peer);
    proposal.participants().forEach(this::requireActive);
    require(
        proposal.recipient().equals(peer),
        "policy.recipient",
        "the recipient must be the proposer for now; ask from the node of " + proposal.recipient());
    require(
        content.recipient().equals(proposal.recipient()),
        "plan.mismatch",
        "the proposal is for " + proposal.recipient() + ", its text for " + content.recipient());
    require(
        content.digest().equals(proposal.contentDigest()),
        "plan.mismatch",
        "the SQL text and parameters sent are not those that " + peer + " signed");
    require(
        proposal.participants().contains(self),
        "plan.mismatch",
        self + " takes no part in the job");
    require(
        proposal.expires().isAfter(now),
        "proposal.expired",
        "the proposal expired at " + proposal.expires());
    require(
        !proposal.created().isAfter(now.plus(CLOCK_SKEW)),
        "proposal.time",
        "the proposal is dated " + proposal.created() + ", in the future: compare the clocks");
    require(
        !proposal.expires().isAfter(now.plus(parts.settings().maxTimeout())),
        "proposal.time",
        "the proposal expires at "
            + proposal.expires()
            + "; "
            + self
            + " takes part in nothing that is open longer than "
            + parts.settings().maxTimeout());
  }

  /** The ledger would refuse the reservation; nothing is read or computed for it before that. */
  private void requireActive(String participant) {
    Optional<Standing> suspension =
        parts.ledger().participantState(participant).flatMap(ParticipantState::suspension);
    require(
        suspension.isEmpty(),
        LedgerCodes.SUSPENDED,
        participant
            + " is suspended by the authority of the space "
            + parts.party().space()
            + " since "
            + suspension.map(Standing::at).orElse(null));
  }

  private JobPlan derive(Proposal proposal, JobContent content) {
    JobPlan plan = parts.planning().derive(content);
    require(
        plan.digest().equals(proposal.planDigest()),
        "plan.mismatch",
        "from the SQL text and its own catalogue "
            + parts.party().self()
            + " derives the plan "
            + plan.digest()
            + ", the proposal is for "
            + proposal.planDigest());
    require(
        stated(plan.security()).equals(proposal.security()),
        "plan.mismatch",
        "the plan's security is " + plan.security() + ", the proposal says otherwise");
    require(
        plan.participants().equals(proposal.participants()),
        "plan.mismatch",
        "the plan's participants are "
            + plan.participants()
            + ", the proposal's "
            + proposal.participants());
    return plan;
  }

  /** How a proposal states a plan's security: semi-honest goes without saying. */
  static Optional<String> stated(String security) {
    return Optional.of(security).filter(GradePolicy.MALICIOUS::equals);
  }

  private long checkPolicy(Proposal proposal, JobPlan plan) {
    try {
      return parts
          .policy()
          .check(
              proposal,
              plan.needs(),
              id -> parts.ledger().grant(parts.party().self(), id),
              () -> parts.ledger().gradePolicy().map(Signed::body),
              parts.clock().instant());
    } catch (PolicyException e) {
      throw JobException.refused(e.code(), e.getMessage());
    }
  }

  private Signed<Acceptance> accept(
      Digest jobId, Proposal proposal, JobPlan plan, long minimumGroup) {
    takeSlot(proposal.proposer());
    Runnable giveBack = () -> slots.giveBack(proposal.proposer());
    LiveJob job;
    try {
      Computation computation =
          parts
              .computations()
              .prepare(plan, minimumGroup, () -> parts.stopped(jobId, proposal.expires()));
      job = live.add(jobId, plan, computation, giveBack);
    } catch (RuntimeException e) {
      giveBack.run();
      throw e;
    }
    boolean accepted = false;
    try {
      Signed<Acceptance> signed =
          Signed.sign(
              new Acceptance(
                  jobId,
                  plan.digest(),
                  parts.party().self(),
                  job.computation().commitments(),
                  proposal.expires()),
              parts.party().receiptKey());
      accepted =
          parts
              .store()
              .move(
                  jobId,
                  Set.of(PROPOSED),
                  ACCEPTED,
                  List.of(
                      new JobStore.Document(
                          JobStore.Kind.ACCEPTANCE,
                          parts.party().self(),
                          CanonicalJson.encodeText(signed.toJson())),
                      new JobStore.Document(
                          JobStore.Kind.OPENING, "", job.computation().opening())));
      if (!accepted) {
        throw JobException.refused("job.cancelled", "the job was aborted meanwhile");
      }
      return signed;
    } finally {
      if (!accepted) {
        job.close();
      }
    }
  }

  private void takeSlot(String proposer) {
    try {
      if (!slots.take(proposer, parts.settings().peerTimeout().dividedBy(2))) {
        throw JobException.refused(
            "node.busy", "the node of " + parts.party().self() + " is busy; ask again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JobException.refused("node.busy", "the call was cancelled");
    }
  }

  /**
   * Checks the reservation on this node's own view of the ledger, and makes ready.
   *
   * @return the job, to be run by the caller; empty if it was started before
   * @throws JobException refused
   */
  Optional<LiveJob> start(String peer, Digest jobId, JobRunner runner) {
    JobStore.Entry entry = requireJob(peer, jobId, true);
    if (entry.state() != ACCEPTED) {
      require(
          entry.state() == RESERVED || entry.state() == JobState.RUNNING,
          "job.state",
          "job " + jobId + " is " + entry.state() + " at " + parts.party().self());
      return Optional.empty();
    }
    LiveJob job =
        live.find(jobId)
            .orElseThrow(() ->
                JobException.refused(
                    "job.interrupted", parts.party().self() + " was restarted meanwhile"));
    require(
        parts.clock().instant().isBefore(entry.expires()),
        "proposal.expired",
        "the proposal expired at " + entry.expires());
    checkReservation(job, awaitReservation(jobId));
    if (!parts.store().move(jobId, Set.of(ACCEPTED), RESERVED, List.of())) {
      return Optional.empty();
    }
    runner.openLanes(job, entry.expires());
    return Optional.of(job);
  }

  /** This node's own peer may be a block behind the coordinator's. */
  private JobRecord awaitReservation(Digest jobId) {
    long began = System.nanoTime();
    long patience = parts.settings().peerTimeout().dividedBy(2).toNanos();
    while (true) {
      Optional<JobRecord> record = parts.ledger().job(jobId);
      if (record.isPresent()) {
        return record.get();
      }
      require(
          System.nanoTime() - began < patience,
          "ledger.notFound",
          "the ledger as " + parts.party().self() + " sees it has no reservation of job " + jobId);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw JobException.refused("job.cancelled", "the call was cancelled");
      }
    }
  }

  private void checkReservation(LiveJob job, JobRecord record) {
    Reservation reservation = record.reservation();
    String self = parts.party().self();
    require(record.end().isEmpty(), "job.state", "job " + job.jobId() + " is over on the ledger");
    require(
        reservation.jobId().equals(job.jobId())
            && reservation.planDigest().equals(job.plan().digest()),
        "plan.mismatch",
        "the reservation on the ledger is of another plan");
    require(
        reservation.proposal().body().participants().contains(self)
            && reservation
                .acceptance(self)
                .map(mine -> mine.inputCommitments().equals(job.computation().commitments()))
                .orElse(false),
        "plan.mismatch",
        "the reservation on the ledger is without the acceptance that " + self + " signed");
    for (GrantNeed need : reservation.proposal().body().needs()) {
      require(
          !need.owner().equals(self)
              || reservation.uses().stream().anyMatch(use -> use.key().equals(need.key())),
          "grant.missing",
          "the reservation took no use of grant '" + need.grant() + "'");
    }
  }

  /** Aborts the job here and signs that nothing was revealed, if that is so. */
  Signed<ReleaseStatement> release(String peer, Digest jobId) {
    requireJob(peer, jobId, false);
    if (finisher.abort(
        jobId, JobOutcome.aborted("job.cancelled", peer + " asked to abort the job"))) {
      log.info("job {} is aborted at the request of {}", jobId, peer);
      live.find(jobId).ifPresent(job -> job.cancel("aborted at the request of " + peer));
    }
    return finisher
        .statement(jobId)
        .orElseThrow(() ->
            JobException.refused(
                "job.revealed",
                parts.party().self() + " has revealed, or may have; the use counts"));
  }

  /**
   * A job that a peer takes part in.
   *
   * @throws JobException refused: to a stranger, a job that exists looks like one that does not
   */
  JobStore.Entry requireJob(String peer, Digest jobId, boolean proposerOnly) {
    JobStore.Entry entry = parts.store().find(jobId).orElse(null);
    Proposal proposal =
        entry == null
            ? null
            : parts
                .store()
                .document(jobId, JobStore.Kind.PROPOSAL, "")
                .map(text -> Proposal.signedFromJson(CanonicalJson.decodeText(text)).body())
                .orElse(null);
    boolean concerned =
        proposal != null
            && (proposerOnly
                ? proposal.proposer().equals(peer)
                : proposal.participants().contains(peer));
    if (entry == null || !concerned) {
      throw JobException.refused(
          "job.unknown", parts.party().self() + " knows no job " + jobId + " with " + peer);
    }
    return entry;
  }

  private static void require(boolean holds, String code, String message) {
    if (!holds) {
      throw JobException.refused(code, message);
    }
  }
}
