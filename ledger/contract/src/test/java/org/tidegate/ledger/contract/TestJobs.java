package org.tidegate.ledger.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Method;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Standing;
import org.tidegate.ledger.records.Transcript;
import org.tidegate.ledger.records.Use;

/**
 * Records of jobs between {@code bank} (proposer and recipient) and {@code tax}, whose product
 * {@code income} is used. Each call makes records of its own.
 */
public final class TestJobs {
  private static final Method METHOD =
      new Method("sum", "semi-honest", JsonObject.builder().put("paillierBits", 3072).build());
  public static final String PURPOSE = "credit-risk";

  private final TestSpace space;
  private final LedgerUnderTest ledger;
  private final AtomicInteger serial = new AtomicInteger();

  public TestJobs(TestSpace space, LedgerUnderTest ledger) {
    this.space = space;
    this.ledger = ledger;
  }

  /** Puts the space, everybody's entry, and tax's product. */
  public void prepare() {
    ledger.client("bank").putSpace(space.signedStatement(ledger.genesisHash()));
    ledger.level();
    for (String name : space.names()) {
      ledger.client(name).putParticipant(space.get(name).entry());
    }
    ledger.level();
    ledger.client("tax").putProduct(product(1));
    ledger.level();
  }

  public Product product(int version) {
    return new Product(
        "tax",
        "income",
        version,
        digest("product " + version),
        List.of("amount", "region", "uscc"),
        ledger.now());
  }

  public Grant grant(int count) {
    return grant("tax-" + serial.incrementAndGet(), count);
  }

  public Grant grant(String id, int count) {
    Instant now = ledger.now();
    return new Grant(
        id,
        "tax",
        "income",
        digest("product 1"),
        ColumnUses.of(
            Map.of(
                "uscc", Set.of(Operation.JOIN),
                "amount", Set.of(Operation.SUM, Operation.COUNT))),
        PURPOSE,
        List.of("bank"),
        now.minus(Duration.ofMinutes(1)),
        now.plus(Duration.ofHours(1)),
        count,
        5);
  }

  /** A grant that stands on the ledger. */
  public Grant put(int count) {
    Grant grant = grant(count);
    put(grant);
    return grant;
  }

  /** Puts a grant of its owner. */
  public void put(Grant grant) {
    ledger.client(grant.owner()).putGrant(space.get(grant.owner()).grant(grant));
    ledger.level();
  }

  public void revoke(Grant grant, String reason) {
    ledger
        .client(grant.owner())
        .revokeGrant(
            space
                .get(grant.owner())
                .sign(new Revocation(grant.owner(), grant.id(), reason, ledger.now())));
    ledger.level();
  }

  /** The authority's next word on a participant, put by another member. */
  public Signed<Standing> rule(String participant, boolean suspended) {
    Signed<Standing> signed =
        space.standing(participant, nextStanding(participant), suspended, ledger.now());
    ledger.client(participant.equals("trade") ? "bank" : "trade").putStanding(signed);
    ledger.level();
    return signed;
  }

  /** The number of the standing that can be put next. */
  public int nextStanding(String participant) {
    return ledger
            .client("bank")
            .participantState(participant)
            .flatMap(ParticipantState::standing)
            .map(signed -> signed.body().number())
            .orElse(0)
        + 1;
  }

  public Proposal proposal(Grant... grants) {
    return proposal(Duration.ofMinutes(10), grants);
  }

  public Proposal proposal(Duration lifetime, Grant... grants) {
    int number = serial.incrementAndGet();
    return new Proposal(
        TestSpace.NAME,
        "bank",
        "bank",
        PURPOSE,
        List.of("bank", "tax"),
        List.of(grants).stream()
            .map(grant ->
                new GrantNeed(
                    grant.id(),
                    "tax",
                    ColumnUses.of(
                        Map.of(
                            "uscc", Set.of(Operation.JOIN),
                            "amount", Set.of(Operation.SUM)))))
            .toList(),
        digest("plan " + number),
        digest("content " + number),
        ledger.now().minus(Duration.ofSeconds(1)),
        ledger.now().plus(lifetime));
  }

  /** The same with what every need spends of its grant's privacy budget. */
  static Proposal spending(Proposal proposal, Optional<Long> microEpsilon) {
    return new Proposal(
        proposal.space(),
        proposal.proposer(),
        proposal.recipient(),
        proposal.purpose(),
        proposal.participants(),
        proposal.needs().stream()
            .map(need -> new GrantNeed(need.grant(), need.owner(), need.columns(), microEpsilon))
            .toList(),
        proposal.planDigest(),
        proposal.contentDigest(),
        proposal.created(),
        proposal.expires());
  }

  public Signed<Proposal> sign(Proposal proposal) {
    return space.get(proposal.proposer()).sign(proposal);
  }

  public Acceptance acceptance(Signed<Proposal> proposal, String participant) {
    return new Acceptance(
        Proposal.jobId(proposal),
        proposal.body().planDigest(),
        participant,
        List.of(digest("inputs of " + participant)),
        proposal.body().expires());
  }

  public List<Signed<Acceptance>> acceptances(Signed<Proposal> proposal) {
    return proposal.body().participants().stream()
        .map(name -> space.get(name).sign(acceptance(proposal, name)))
        .toList();
  }

  /** A reservation with ticket {@code ticket} of every grant, not yet submitted. */
  public Reservation reservation(Signed<Proposal> proposal, int ticket) {
    return new Reservation(
        proposal,
        proposal.body().needs().stream()
            .map(need -> new Use(need.grant(), ticket, need.owner()))
            .toList(),
        acceptances(proposal));
  }

  /** Reserves a job on a new grant. */
  public Reservation reserved() {
    return reserved(proposal(put(3)));
  }

  public Reservation reserved(Proposal proposal) {
    Signed<Proposal> signed = sign(proposal);
    Reservation reservation = ledger.client("bank").reserve(signed, acceptances(signed));
    ledger.level();
    return reservation;
  }

  public Receipt receipt(Reservation job, String participant) {
    String peer = participant.equals("bank") ? "tax" : "bank";
    return new Receipt(
        job.jobId(),
        participant,
        participant.equals("bank") ? "matcher" : "valueOwner",
        Outcome.COMPLETED,
        job.planDigest(),
        Optional.of(METHOD),
        List.of(digest("inputs of " + participant)),
        List.of(
            new Transcript(
                peer,
                "main",
                digest("frames of " + participant),
                digest("frames of " + peer),
                participant.equals("bank") ? 1_000 : 2_000,
                participant.equals("bank") ? 2_000 : 1_000)),
        participant.equals("bank") ? Optional.of(digest("result")) : Optional.empty(),
        participant.equals("tax"),
        ledger.now());
  }

  public Receipt aborted(Reservation job, String participant) {
    Receipt receipt = receipt(job, participant);
    return new Receipt(
        receipt.jobId(),
        participant,
        receipt.role(),
        Outcome.ABORTED,
        receipt.planDigest(),
        receipt.method(),
        receipt.inputCommitments(),
        List.of(),
        Optional.empty(),
        false,
        receipt.at());
  }

  public void write(Receipt receipt) {
    ledger.client(receipt.participant()).receipt(space.get(receipt.participant()).sign(receipt));
    ledger.level();
  }

  public ReleaseStatement statement(Reservation job, String participant) {
    return new ReleaseStatement(job.jobId(), participant, "the peer went away", ledger.now());
  }

  public List<Signed<ReleaseStatement>> statements(Reservation job) {
    return job.proposal().body().participants().stream()
        .map(name -> space.get(name).sign(statement(job, name)))
        .toList();
  }

  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
