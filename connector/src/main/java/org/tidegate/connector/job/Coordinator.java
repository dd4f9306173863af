package org.tidegate.connector.job;

import static org.tidegate.connector.job.JobState.ACCEPTED;
import static org.tidegate.connector.job.JobState.PROPOSED;
import static org.tidegate.connector.job.JobState.REFUSED;
import static org.tidegate.connector.job.JobState.RESERVED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.policy.GrantSelection;
import org.tidegate.connector.policy.PolicyException;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Signed;

/**
 * The recipient's part before the protocol: plan, grants, proposal, everybody's acceptance, and the
 * reservation. It has no power over the others: each of them derives and checks all of it again.
 */
final class Coordinator {
  private final JobParts parts;
  private final LiveJobs live;

  Coordinator(JobParts parts, LiveJobs live) {
    this.parts = parts;
    this.live = live;
  }

  /**
   * A signed proposal with its plan, not yet sent.
   *
   * @param jobId digest of the signed proposal
   * @param content its private part
   */
  record Draft(Digest jobId, Signed<Proposal> signed, JobContent content, JobPlan plan) {}

  /** Plans a query. */
  JobPlan plan(QueryRequest request, String salt) {
    return parts.planning().draft(request, parts.party().self(), salt);
  }

  /** Picks grants and signs. */
  Draft propose(QueryRequest request, JobPlan plan, String salt) {
    String self = parts.party().self();
    Instant now = parts.clock().instant();
    GrantSelection selection;
    try {
      selection =
          GrantSelection.choose(
              plan.needs(),
              self,
              request.purpose(),
              allGrants(),
              now,
              grant ->
                  parts
                      .ledger()
                      .freeUses(
                          grant.owner(),
                          grant.id(),
                          1 + RandomGenerator.getDefault().nextInt(grant.count()),
                          1));
    } catch (PolicyException e) {
      throw JobException.refused(e.code(), e.getMessage());
    }
    JobContent content =
        new JobContent(request.sql(), self, plan.security(), plan.products(), plan.numbers(), salt);
    Proposal proposal =
        new Proposal(
            parts.party().space(),
            self,
            self,
            selection.purpose(),
            plan.participants(),
            selection.grants(),
            plan.digest(),
            content.digest(),
            now,
            now.plus(parts.settings().timeout()),
            OwnerDesk.stated(plan.security()));
    Signed<Proposal> signed = Signed.sign(proposal, parts.party().receiptKey());
    return new Draft(Proposal.jobId(signed), signed, content, plan);
  }

  private List<GrantState> allGrants() {
    List<GrantState> grants = new ArrayList<>();
    String after = "";
    do {
      Page<GrantState> page = parts.ledger().grants(after, Page.MAX_LIMIT);
      grants.addAll(page.entries());
      after = page.next();
    } while (!after.isEmpty());
    return grants;
  }

  /** Remembers the job; from here on it has a story. */
  void enter(Draft draft) {
    parts
        .store()
        .propose(
            draft.jobId(),
            JobRole.COORDINATOR,
            draft.signed().body().expires(),
            List.of(
                new JobStore.Document(
                    JobStore.Kind.PROPOSAL, "", CanonicalJson.encodeText(draft.signed().toJson())),
                new JobStore.Document(
                    JobStore.Kind.CONTENT, "", CanonicalJson.encodeText(draft.content().toJson())),
                new JobStore.Document(JobStore.Kind.PLAN, "", draft.plan().json())));
  }

  /**
   * Asks everybody, itself included, and reads its own inputs meanwhile.
   *
   * @return everybody's acceptance, verified
   * @throws JobException as the first participant that did not accept says
   */
  List<Signed<Acceptance>> gatherAcceptances(Draft draft) {
    String self = parts.party().self();
    List<Future<Signed<Acceptance>>> answers = new ArrayList<>();
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String participant : draft.plan().participants()) {
        Callable<Signed<Acceptance>> call =
            participant.equals(self)
                ? () -> acceptOwn(draft)
                : () -> verified(draft, participant, ask(draft, participant));
        answers.add(calls.submit(call));
      }
    }
    List<Signed<Acceptance>> acceptances = new ArrayList<>();
    JobException failure = null;
    for (Future<Signed<Acceptance>> answer : answers) {
      try {
        acceptances.add(answer.get());
      } catch (ExecutionException e) {
        JobException why = asJobException(e.getCause());
        // A refusal says more than a peer that gave up because of it.
        failure = failure == null || (why.isRefusal() && !failure.isRefusal()) ? why : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw JobException.aborted("job.cancelled", "the query was cancelled", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    List<JobStore.Document> documents =
        acceptances.stream()
            .filter(signed -> !signed.body().participant().equals(self))
            .map(signed ->
                new JobStore.Document(
                    JobStore.Kind.ACCEPTANCE,
                    signed.body().participant(),
                    CanonicalJson.encodeText(signed.toJson())))
            .toList();
    if (!parts.store().move(draft.jobId(), Set.of(PROPOSED), ACCEPTED, documents)) {
      throw JobException.aborted("job.cancelled", "the query was cancelled", null);
    }
    return acceptances;
  }

  private Signed<Acceptance> ask(Draft draft, String participant) {
    return parts.peers().propose(participant, draft.signed(), draft.content());
  }

  private Signed<Acceptance> acceptOwn(Draft draft) {
    String self = parts.party().self();
    Proposal proposal = draft.signed().body();
    long minimumGroup;
    try {
      minimumGroup =
          parts
              .policy()
              .check(
                  proposal,
                  draft.plan().needs(),
                  id -> parts.ledger().grant(self, id),
                  () -> parts.ledger().gradePolicy().map(Signed::body),
                  parts.clock().instant());
    } catch (PolicyException e) {
      throw JobException.refused(e.code(), e.getMessage());
    }
    Computation computation =
        parts
            .computations()
            .prepare(
                draft.plan(), minimumGroup, () -> parts.stopped(draft.jobId(), proposal.expires()));
    live.add(draft.jobId(), draft.plan(), computation, () -> {});
    Signed<Acceptance> signed =
        Signed.sign(
            new Acceptance(
                draft.jobId(),
                draft.plan().digest(),
                self,
                computation.commitments(),
                proposal.expires()),
            parts.party().receiptKey());
    parts
        .store()
        .keep(
            draft.jobId(),
            new JobStore.Document(
                JobStore.Kind.ACCEPTANCE, self, CanonicalJson.encodeText(signed.toJson())));
    parts
        .store()
        .keep(
            draft.jobId(), new JobStore.Document(JobStore.Kind.OPENING, "", computation.opening()));
    return signed;
  }

  private Signed<Acceptance> verified(
      Draft draft, String participant, Signed<Acceptance> acceptance) {
    Acceptance body = acceptance.body();
    if (!body.participant().equals(participant)
        || !body.jobId().equals(draft.jobId())
        || !body.planDigest().equals(draft.plan().digest())) {
      throw JobException.aborted(
          "plan.mismatch", participant + " accepted something else than was proposed", null);
    }
    PeerSignature signature =
        PeerSignature.check(parts.ledger(), participant, acceptance, parts.clock().instant());
    if (signature == PeerSignature.EXPIRED) {
      throw JobException.aborted(
          "peer.untrusted",
          "the receipt certificate of " + participant + " is not valid now; it must renew its keys",
          null);
    }
    if (signature == PeerSignature.NO_ENTRY) {
      throw JobException.aborted(
          "peer.untrusted",
          participant + " has no entry on the ledger; its node must start once",
          null);
    }
    if (signature == PeerSignature.OTHER_KEY) {
      throw JobException.aborted(
          "peer.untrusted",
          "the acceptance of "
              + participant
              + " is not signed with the receipt key that the member list names; if "
              + participant
              + " has renewed its keys, the authority must admit it again, and every member join"
              + " with the new space.json",
          null);
    }
    return acceptance;
  }

  /**
   * Takes the uses.
   *
   * @throws JobException refused: the ledger said no, nothing is reserved; aborted: it is not known
   *     whether it is reserved
   */
  void reserve(Draft draft, List<Signed<Acceptance>> acceptances) {
    try {
      parts.ledger().reserve(draft.signed(), acceptances);
    } catch (LedgerException e) {
      boolean known = !e.retryable() && !e.code().equals(LedgerCodes.UNKNOWN_OUTCOME);
      throw known
          ? JobException.refused(e.code(), e.getMessage())
          : new JobException(JobOutcome.aborted(e.code(), e.getMessage()), e);
    }
    if (!parts.store().move(draft.jobId(), Set.of(ACCEPTED), RESERVED, List.of())) {
      throw JobException.aborted("job.cancelled", "the query was cancelled", null);
    }
  }

  /**
   * Tells everybody to start.
   *
   * @return the refusal of an owner that cannot compute its part; the use counts
   */
  Optional<JobException> startPeers(Draft draft) {
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String participant : draft.plan().participants()) {
        if (!participant.equals(parts.party().self())) {
          calls.add(executor.submit(() -> parts.peers().start(participant, draft.jobId())));
        }
      }
    }
    Optional<JobException> failed = Optional.empty();
    for (Future<?> call : calls) {
      try {
        call.get();
      } catch (ExecutionException e) {
        JobException refusal = asJobException(e.getCause());
        if (!refusal.outcome().code().equals(Computation.FAILED)) {
          throw refusal;
        }
        failed = Optional.of(JobException.refusedAndUsed(Computation.FAILED, refusal.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw JobException.aborted("job.cancelled", "the query was cancelled", e);
      }
    }
    return failed;
  }

  /** Writes that somebody said no before anything was reserved, or that it broke off. */
  void stop(Digest jobId, JobOutcome outcome) {
    JobState next = outcome.kind() == Outcome.REFUSED ? REFUSED : JobState.ABORTING;
    parts.store().move(jobId, Set.of(PROPOSED, ACCEPTED, RESERVED), next, List.of());
    parts.store().outcome(jobId, outcome);
  }

  static JobException asJobException(@Nullable Throwable failure) {
    return switch (failure) {
      case JobException e -> e;
      case LedgerException e -> new JobException(JobOutcome.aborted(e.code(), e.getMessage()), e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(failure);
    };
  }
}
