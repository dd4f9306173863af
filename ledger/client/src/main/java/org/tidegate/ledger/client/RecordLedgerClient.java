package org.tidegate.ledger.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Standing;
import org.tidegate.ledger.records.Use;

/**
 * The typed calls over two untyped ones, {@link #evaluate} and {@link #submit}: which function,
 * which arguments, whose endorsement, and the choice of tickets.
 */
public abstract class RecordLedgerClient implements LedgerClient {
  /**
   * Reservations tried before giving up. Each failed try means another reservation took the same
   * ticket in the meantime, so the ledger moved on; only contention beyond all measure gets here.
   */
  private static final int MAX_LOOKS = 8;

  private static final int MAX_RESERVE_TRIES = 64;
  private static final int MAX_PARTIES = 4096;

  private final String participant;
  private final RandomGenerator random;
  private final TicketPool tickets;

  /** Of jobs that this client reserved: whose endorsement their end needs. */
  private final Recent<Digest, Set<String>> parties = new Recent<>(MAX_PARTIES);

  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  /**
   * @param participant in whose name this client acts
   * @param random spreads tickets and back-off; nothing secret
   */
  protected RecordLedgerClient(String participant, RandomGenerator random) {
    this.participant = participant;
    this.random = random;
    this.tickets = new TicketPool(random);
  }

  /**
   * Asks one peer; nothing is written.
   *
   * @param function the contract's function
   * @param request its arguments
   * @return its answer
   */
  public abstract JsonObject evaluate(String function, JsonObject request);

  /**
   * Runs one transaction to its commit. Conflicts with other transactions are tried again inside,
   * as new transactions, unless {@code retryConflicts} is false.
   *
   * @param function the contract's function
   * @param request its arguments
   * @param organisations whose endorsement the rules ask for; more may be added up to the policy
   * @param retryConflicts false where a conflict calls for other arguments
   * @return the contract's answer
   */
  public abstract JsonObject submit(
      String function, JsonObject request, Set<String> organisations, boolean retryConflicts);

  /** Spreads tickets and back-off; nothing secret. */
  protected final RandomGenerator random() {
    return random;
  }

  @Override
  public final String participant() {
    return participant;
  }

  @Override
  public void putSpace(Signed<SpaceStatement> statement) {
    put("putSpace", statement.toJson());
  }

  @Override
  public void putParticipant(Participant entry) {
    put("putParticipant", entry.toJson());
  }

  @Override
  public void putStanding(Signed<Standing> standing) {
    put("putStanding", standing.toJson());
  }

  @Override
  public void putGradePolicy(Signed<GradePolicy> policy) {
    put("putGradePolicy", policy.toJson());
  }

  @Override
  public Optional<Signed<GradePolicy>> gradePolicy() {
    return optional("getGradePolicy", JsonObject.empty(), GradePolicy::signedFromJson);
  }

  @Override
  public void putProduct(Product product) {
    put("putProduct", product.toJson());
  }

  @Override
  public void putGrant(SignedGrant grant) {
    put("putGrant", grant.toJson());
  }

  @Override
  public void revokeGrant(Signed<Revocation> revocation) {
    put("revokeGrant", revocation.toJson());
  }

  @Override
  public Reservation reserve(Signed<Proposal> proposal, List<Signed<Acceptance>> acceptances) {
    Set<String> organisations = organisations(proposal.body());
    for (int attempt = 1; ; attempt++) {
      try {
        Picked picked = pick(proposal.body());
        Reservation wanted = new Reservation(proposal, picked.uses(), acceptances);
        if (picked.exhausted()) {
          // One peer's refusal is enough; it also says when something else is wrong.
          evaluate("reserve", wanted.toJson());
        }
        Reservation stands =
            Reservation.fromJson(submit("reserve", wanted.toJson(), organisations, false));
        parties.put(stands.jobId(), organisations);
        return stands;
      } catch (LedgerException e) {
        if (attempt == MAX_RESERVE_TRIES) {
          throw e;
        }
        switch (e.code()) {
          case LedgerCodes.GRANT_TICKET, LedgerCodes.CONFLICT -> {
            proposal.body().needs().forEach(need -> tickets.forget(need.key()));
            pause(attempt);
          }
          case LedgerCodes.UNKNOWN_OUTCOME -> {
            pause(attempt);
            Optional<JobRecord> present = job(Proposal.jobId(proposal));
            if (present.isPresent()) {
              return present.get().reservation();
            }
          }
          default -> throw e;
        }
      }
    }
  }

  /**
   * Waits before a try that follows a conflict: jittered, longer with each attempt, bounded.
   *
   * @param attempt how many tries have failed
   */
  protected void pause(int attempt) {
    long boundMillis = Math.min(400L, 10L << Math.min(attempt, 6));
    try {
      Thread.sleep(random.nextLong(1, boundMillis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException(LedgerCodes.TIMEOUT, "interrupted between two tries", true, e);
    }
  }

  /** Tickets to try, and whether some grant seems to have none left. */
  private record Picked(List<Use> uses, boolean exhausted) {}

  private Picked pick(Proposal proposal) {
    List<Use> uses = new ArrayList<>();
    boolean exhausted = false;
    for (GrantNeed need : proposal.needs()) {
      Grant grant = known(need);
      if (TicketPool.suits(grant)) {
        OptionalInt ticket = tickets.next(need.key(), () -> freeTickets(need, grant));
        exhausted |= ticket.isEmpty();
        uses.add(
            new Use(need.grant(), ticket.orElse(1), need.owner(), Optional.empty(), List.of()));
        continue;
      }
      TicketChoice choice = TicketChoice.of(grant, need, this::freeUses, random);
      exhausted |= choice.exhausted();
      uses.add(choice.use());
    }
    return new Picked(uses, exhausted);
  }

  private List<Integer> freeTickets(GrantNeed need, Grant grant) {
    int hint = random.nextInt(grant.count()) + 1;
    return freeUses(need.owner(), need.grant(), hint, 1).tickets();
  }

  /** A grant never changes, so it is asked once. */
  private Grant known(GrantNeed need) {
    Grant known = grants.get(need.key());
    if (known == null) {
      known = look(need).grant();
      grants.put(need.key(), known);
    }
    return known;
  }

  /**
   * The grant, which the own peer may learn of a moment after its owner: looked up again before it
   * is believed to be missing.
   */
  private GrantState look(GrantNeed need) {
    for (int attempt = 1; ; attempt++) {
      Optional<GrantState> found = grant(need.owner(), need.grant());
      if (found.isPresent()) {
        return found.get();
      }
      if (attempt == MAX_LOOKS) {
        throw new LedgerException(
            LedgerCodes.GRANT_MISSING,
            "there is no grant '" + need.grant() + "' of '" + need.owner() + "' on the ledger",
            false);
      }
      pause(3);
    }
  }

  @Override
  public void receipt(Signed<Receipt> receipt) {
    put("receipt", receipt.toJson());
  }

  @Override
  public Settlement settle(Digest jobId) {
    return Settlement.fromJson(
        submit(
            "settle",
            JsonObject.builder().put("jobId", jobId).build(),
            organisationsOf(jobId),
            true));
  }

  @Override
  public Release release(Digest jobId, List<Signed<ReleaseStatement>> statements) {
    return Release.fromJson(
        submit(
            "release",
            JsonObject.builder().put("jobId", jobId).put("statements", statements).build(),
            organisationsOf(jobId),
            true));
  }

  @Override
  public void dispute(Signed<DisputeStep> step) {
    put("dispute", step.toJson());
  }

  @Override
  public Optional<Dispute> dispute(Digest jobId, String id) {
    return optional(
        "getDispute",
        JsonObject.builder().put("jobId", jobId).put("dispute", id).build(),
        Dispute::fromJson);
  }

  @Override
  public Page<Dispute> disputes(String after, int limit) {
    return page("listDisputes", after, limit, Dispute::fromJson);
  }

  @Override
  public void putRequest(Signed<DataRequest> request) {
    put("putRequest", request.toJson());
  }

  @Override
  public Page<Signed<DataRequest>> requests(String after, int limit) {
    return page("listRequests", after, limit, DataRequest::signedFromJson);
  }

  @Override
  public void rateProduct(Signed<Rating> rating) {
    put("rateProduct", rating.toJson());
  }

  @Override
  public Page<Signed<Rating>> ratings(String after, int limit) {
    return page("listRatings", after, limit, Rating::signedFromJson);
  }

  @Override
  public Optional<Signed<SpaceStatement>> space() {
    return optional("getSpace", JsonObject.empty(), SpaceStatement::signedFromJson);
  }

  @Override
  public Optional<ParticipantState> participantState(String name) {
    return optional(
        "getParticipant",
        JsonObject.builder().put("name", name).build(),
        ParticipantState::fromJson);
  }

  @Override
  public Optional<Product> product(String owner, String name) {
    return optional(
        "getProduct",
        JsonObject.builder().put("owner", owner).put("name", name).build(),
        Product::fromJson);
  }

  @Override
  public Optional<GrantState> grant(String owner, String id) {
    return optional(
        "getGrant",
        JsonObject.builder().put("owner", owner).put("id", id).build(),
        GrantState::fromJson);
  }

  @Override
  public Optional<JobRecord> job(Digest jobId) {
    return optional(
        "getJob", JsonObject.builder().put("jobId", jobId).build(), JobRecord::fromJson);
  }

  @Override
  public Page<ParticipantState> participants(String after, int limit) {
    return page("listParticipants", after, limit, ParticipantState::fromJson);
  }

  @Override
  public Page<Product> products(String after, int limit) {
    return page("listProducts", after, limit, Product::fromJson);
  }

  @Override
  public Page<GrantState> grants(String after, int limit) {
    return page("listGrants", after, limit, GrantState::fromJson);
  }

  @Override
  public Page<Digest> jobs(String after, int limit) {
    return page("listJobs", after, limit, entry -> entry.digest("jobId"));
  }

  @Override
  public FreeUses freeUses(String owner, String grant, int hint, int slices) {
    JsonObject.Builder request =
        JsonObject.builder().put("owner", owner).put("grant", grant).put("hint", hint);
    if (slices > 1) {
      request.put("slices", Math.min(slices, Budget.MAX_TAKEN));
    }
    return FreeUses.fromJson(evaluate("freeTickets", request.build()));
  }

  private void put(String function, JsonObject request) {
    submit(function, request, Set.of(participant), true);
  }

  private Set<String> organisationsOf(Digest jobId) {
    Optional<Set<String>> known = parties.get(jobId);
    if (known.isPresent()) {
      return known.get();
    }
    return job(jobId)
        .map(job -> organisations(job.reservation().proposal().body()))
        .orElse(Set.of(participant));
  }

  private Set<String> organisations(Proposal proposal) {
    Set<String> concerned = new LinkedHashSet<>();
    concerned.add(participant);
    proposal.needs().forEach(need -> concerned.add(need.owner()));
    return concerned;
  }

  private <T> Optional<T> optional(
      String function, JsonObject request, Function<JsonObject, T> parse) {
    JsonObject answer = evaluate(function, request);
    return answer.has("value")
        ? Optional.of(parse.apply(answer.object("value")))
        : Optional.empty();
  }

  private <T> Page<T> page(
      String function, String after, int limit, Function<JsonObject, T> parse) {
    return Page.fromJson(
        evaluate(function, JsonObject.builder().put("after", after).put("limit", limit).build()),
        parse);
  }
}
