package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Use;

/**
 * What every ledger must do, whatever carries it: the contract's rules as seen through the client,
 * with one refusal test each. Implementations pass the same suite: a map in memory, the embedded
 * ledger, a Fabric network.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LedgerContract {
  private static final Duration SOON = Duration.ofMillis(1_500);

  private final TestSpace space = new TestSpace();
  private LedgerUnderTest ledger;
  private TestJobs jobs;
  private RecordLedgerClient bank;
  private RecordLedgerClient tax;
  private RecordLedgerClient trade;

  /** Starts a ledger of that space, without records, whose peers pin the space's authority. */
  protected abstract LedgerUnderTest start(TestSpace space);

  /** How many clients race for the uses of one grant, and how often each tries. */
  protected abstract Race race();

  /**
   * The size of the race.
   *
   * @param limit the grant's count
   * @param clients threads
   * @param tries reservations each attempts
   */
  public record Race(int limit, int clients, int tries) {}

  @BeforeAll
  final void startLedger() {
    ledger = start(space);
    jobs = new TestJobs(space, ledger);
    bank = ledger.client("bank");
    tax = ledger.client("tax");
    trade = ledger.client("trade");
    jobs.prepare();
  }

  @AfterAll
  final void stopLedger() {
    ledger.close();
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private void reserveRefused(String code, Reservation reservation) {
    refused(code, () -> bank.submit("reserve", reservation.toJson(), Set.of("bank", "tax"), true));
  }

  // The space and its participants

  @Test
  void theSpaceStands() {
    assertThat(bank.space()).contains(sameSpace());
    bank.putSpace(sameSpace());
    assertThat(bank.participant("tax")).contains(space.get("tax").entry());
    assertThat(bank.participant("nobody")).isEmpty();
  }

  private Signed<SpaceStatement> sameSpace() {
    return bank.space().orElseThrow();
  }

  @Test
  void aSecondSpaceIsRefused() {
    SpaceStatement present = sameSpace().body();
    SpaceStatement withoutTrade =
        new SpaceStatement(
            present.space(),
            2,
            present.authority(),
            "bank",
            present.members().subList(0, 2),
            present.genesisHash());
    refused(LedgerCodes.SPACE, () -> bank.putSpace(Signed.sign(withoutTrade, space.rootKey())));
  }

  @Test
  void aSpaceOfAnotherAuthorityIsRefused() {
    refused(
        LedgerCodes.SPACE,
        () -> bank.putSpace(new TestSpace().signedStatement(ledger.genesisHash())));
  }

  @Test
  void anEntryOfAnotherParticipantIsRefused() {
    refused(LedgerCodes.NOT_OWNER, () -> bank.putParticipant(space.get("tax").entry()));
  }

  @Test
  void aReceiptCertificateOfAnotherAuthorityIsRefused() {
    Participant entry =
        new Participant(
            "bank",
            space.get("tax").entry().receiptCertificate(),
            space.get("bank").entry().ledgerCertificate());
    refused(LedgerCodes.SIGNATURE, () -> bank.putParticipant(entry));
  }

  @Test
  void aCertificateOfAnotherUnitIsRefused() {
    Participant entry =
        new Participant(
            "bank",
            TestCertificates.pem(space.get("bank").ledgerCertificate()),
            Signatures.digest(space.get("bank").ledgerCertificate()));
    refused(LedgerCodes.SIGNATURE, () -> bank.putParticipant(entry));
  }

  // Products and grants

  @Test
  void aProductOfAnotherOwnerIsRefused() {
    refused(LedgerCodes.NOT_OWNER, () -> bank.putProduct(jobs.product(2)));
  }

  @Test
  void aProductVersionOutOfOrderIsRefused() {
    refused(LedgerCodes.EXISTS, () -> tax.putProduct(jobs.product(3)));
    assertThat(bank.product("tax", "income").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void aGrantByAnotherOrganisationIsRefused() {
    Grant grant = jobs.grant(3);
    refused(LedgerCodes.NOT_OWNER, () -> bank.putGrant(grant));
    assertThat(bank.grant(grant.id())).isEmpty();
  }

  @Test
  void aGrantOnAColumnThatIsNotThereIsRefused() {
    Grant grant = jobs.grant(3);
    Grant wide = withColumns(grant, Map.of("salary", EnumSet.of(Operation.SUM)));
    refused(LedgerCodes.GRANT_COLUMN, () -> tax.putGrant(wide));
  }

  @Test
  void aGrantNeverChanges() {
    Grant grant = jobs.put(3);
    tax.putGrant(grant);
    refused(LedgerCodes.EXISTS, () -> tax.putGrant(jobs.grant(grant.id(), 4)));
  }

  @Test
  void aRevocationByAnotherOrganisationIsRefused() {
    Grant grant = jobs.put(3);
    refused(LedgerCodes.NOT_OWNER, () -> bank.revokeGrant(grant.id(), "mine now"));
    assertThat(bank.grant(grant.id()).orElseThrow().revocation()).isEmpty();
  }

  @Test
  void aRevokedGrantIsRefused() {
    Grant grant = jobs.put(3);
    tax.revokeGrant(grant.id(), "the agreement ended");
    tax.revokeGrant(grant.id(), "again");
    GrantState state = bank.grant(grant.id()).orElseThrow();
    assertThat(state.revocation().orElseThrow().reason()).isEqualTo("the agreement ended");
    refused(LedgerCodes.GRANT_REVOKED, () -> jobs.reserved(jobs.proposal(grant)));
    refused(LedgerCodes.GRANT_REVOKED, () -> tax.putGrant(grant));
  }

  @Test
  void listsComeInPages() {
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      put.add(jobs.put(1).id());
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Page<GrantState> page = bank.grants(after, 2);
      assertThat(page.entries()).hasSizeBetween(1, 2);
      page.entries().forEach(state -> seen.add(state.grant().id()));
      after = page.next();
    } while (!after.isEmpty());
    assertThat(seen).containsAll(put).doesNotHaveDuplicates().isSorted();
    assertThat(bank.participants("", 10).entries()).hasSize(3);
    assertThat(bank.products("", 10).entries()).hasSize(1);
    Reservation job = jobs.reserved();
    assertThat(bank.jobs("", Page.MAX_LIMIT).entries()).contains(job.jobId());
  }

  // Reserving

  @Test
  void reservingTakesATicketOfEveryGrantAndIsIdempotent() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(2), jobs.put(3)));
    List<Signed<Acceptance>> acceptances = jobs.acceptances(proposal);
    Reservation first = bank.reserve(proposal, acceptances);
    assertThat(first.uses()).hasSize(2);
    for (Use use : first.uses()) {
      assertThat(bank.freeTickets(use.grant(), 1)).doesNotContain(use.ticket());
    }
    for (int i = 0; i < 5; i++) {
      assertThat(bank.reserve(proposal, acceptances)).isEqualTo(first);
    }
    Use use = first.uses().getFirst();
    assertThat(bank.freeTickets(use.grant(), 1)).hasSize(1);
    JobRecord job = bank.job(first.jobId()).orElseThrow();
    assertThat(job.state()).isEqualTo(JobRecord.State.RESERVED);
    assertThat(job.reservation()).isEqualTo(first);
  }

  @Test
  void theSameJobWithOtherAcceptancesIsRefused() {
    Reservation job = jobs.reserved();
    Reservation other =
        new Reservation(job.proposal(), job.uses(), jobs.acceptances(job.proposal()));
    reserveRefused(LedgerCodes.EXISTS, other);
  }

  @Test
  void onlyTheProposersOrganisationReserves() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    refused(LedgerCodes.NOT_PROPOSER, () -> tax.reserve(proposal, jobs.acceptances(proposal)));
  }

  @Test
  void aProposalSignedBySomebodyElseIsRefused() {
    Signed<Proposal> forged = space.get("tax").sign(jobs.proposal(jobs.put(3)));
    refused(LedgerCodes.SIGNATURE, () -> bank.reserve(forged, jobs.acceptances(forged)));
  }

  @Test
  void aProposalForAnotherSpaceIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Signed<Proposal> other =
        jobs.sign(
            new Proposal(
                "elsewhere",
                "bank",
                "bank",
                proposal.purpose(),
                proposal.participants(),
                proposal.needs(),
                proposal.planDigest(),
                proposal.contentDigest(),
                proposal.created(),
                proposal.expires()));
    refused(LedgerCodes.SPACE, () -> bank.reserve(other, jobs.acceptances(other)));
  }

  @Test
  void aMissingAcceptanceIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    refused(
        LedgerCodes.ACCEPTANCE_MISSING,
        () -> bank.reserve(proposal, jobs.acceptances(proposal).subList(0, 1)));
  }

  @Test
  void anAcceptanceSignedBySomebodyElseIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    List<Signed<Acceptance>> forged =
        List.of(
            jobs.acceptances(proposal).getFirst(),
            space.get("bank").sign(jobs.acceptance(proposal, "tax")));
    refused(LedgerCodes.SIGNATURE, () -> bank.reserve(proposal, forged));
  }

  @Test
  void anAcceptanceOfAnotherPlanIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    Acceptance honest = jobs.acceptance(proposal, "tax");
    Acceptance other =
        new Acceptance(
            honest.jobId(),
            TestJobs.digest("another plan"),
            "tax",
            honest.inputCommitments(),
            honest.expires());
    List<Signed<Acceptance>> acceptances =
        List.of(jobs.acceptances(proposal).getFirst(), space.get("tax").sign(other));
    refused(LedgerCodes.PLAN_MISMATCH, () -> bank.reserve(proposal, acceptances));
  }

  @Test
  void anAcceptanceOfAnotherJobIsRefused() {
    Grant grant = jobs.put(3);
    Proposal body = jobs.proposal(grant);
    Signed<Proposal> accepted = jobs.sign(body);
    Signed<Proposal> reserved = jobs.sign(body);
    assertThat(Proposal.jobId(reserved)).isNotEqualTo(Proposal.jobId(accepted));
    refused(
        LedgerCodes.ACCEPTANCE_MISSING, () -> bank.reserve(reserved, jobs.acceptances(accepted)));
  }

  @Test
  void anAcceptanceThatExpiredIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    Acceptance honest = jobs.acceptance(proposal, "tax");
    Acceptance expired =
        new Acceptance(
            honest.jobId(),
            honest.planDigest(),
            "tax",
            honest.inputCommitments(),
            ledger.now().minusSeconds(1));
    List<Signed<Acceptance>> acceptances =
        List.of(jobs.acceptances(proposal).getFirst(), space.get("tax").sign(expired));
    refused(LedgerCodes.PROPOSAL_EXPIRED, () -> bank.reserve(proposal, acceptances));
  }

  @Test
  void aProposalThatExpiredIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(Duration.ofMillis(-500), jobs.put(3)));
    refused(LedgerCodes.PROPOSAL_EXPIRED, () -> bank.reserve(proposal, jobs.acceptances(proposal)));
  }

  @Test
  void aMissingGrantIsRefused() {
    Grant absent = jobs.grant(3);
    refused(LedgerCodes.GRANT_MISSING, () -> jobs.reserved(jobs.proposal(absent)));
    reserveRefused(
        LedgerCodes.GRANT_MISSING, jobs.reservation(jobs.sign(jobs.proposal(absent)), 1));
  }

  @Test
  void aColumnBeyondTheGrantIsRefused() {
    Grant grant = jobs.grant(3);
    Grant narrow = withColumns(grant, Map.of("uscc", EnumSet.of(Operation.JOIN)));
    tax.putGrant(narrow);
    refused(LedgerCodes.GRANT_COLUMN, () -> jobs.reserved(jobs.proposal(narrow)));
  }

  private static Grant withColumns(Grant grant, Map<String, EnumSet<Operation>> columns) {
    return new Grant(
        grant.id(),
        grant.owner(),
        grant.product(),
        grant.productDigest(),
        new ColumnUses(new TreeMap<>(columns)),
        grant.purpose(),
        grant.recipients(),
        grant.from(),
        grant.until(),
        grant.count(),
        grant.minimumGroup());
  }

  @Test
  void anotherPurposeIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Proposal other =
        new Proposal(
            proposal.space(),
            "bank",
            "bank",
            "marketing",
            proposal.participants(),
            proposal.needs(),
            proposal.planDigest(),
            proposal.contentDigest(),
            proposal.created(),
            proposal.expires());
    refused(LedgerCodes.GRANT_PURPOSE, () -> jobs.reserved(other));
  }

  @Test
  void anotherRecipientIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Proposal other =
        new Proposal(
            proposal.space(),
            "bank",
            "trade",
            proposal.purpose(),
            List.of("bank", "tax", "trade"),
            proposal.needs(),
            proposal.planDigest(),
            proposal.contentDigest(),
            proposal.created(),
            proposal.expires());
    refused(LedgerCodes.GRANT_RECIPIENT, () -> jobs.reserved(other));
  }

  @Test
  void aGrantWhoseWindowEndedIsRefused() {
    Instant now = ledger.now();
    Grant ended = withWindow(jobs.grant(3), now.minusSeconds(100), now.minusSeconds(1));
    tax.putGrant(ended);
    refused(LedgerCodes.GRANT_EXPIRED, () -> jobs.reserved(jobs.proposal(ended)));
  }

  @Test
  void aGrantWhoseWindowHasNotBegunIsRefused() {
    Instant now = ledger.now();
    Grant later = withWindow(jobs.grant(3), now.plusSeconds(300), now.plusSeconds(600));
    tax.putGrant(later);
    refused(LedgerCodes.GRANT_NOT_YET, () -> jobs.reserved(jobs.proposal(later)));
  }

  private static Grant withWindow(Grant grant, Instant from, Instant until) {
    return new Grant(
        grant.id(),
        grant.owner(),
        grant.product(),
        grant.productDigest(),
        grant.columns(),
        grant.purpose(),
        grant.recipients(),
        from,
        until,
        grant.count(),
        grant.minimumGroup());
  }

  @Test
  void anExhaustedGrantIsRefused() {
    Grant grant = jobs.put(2);
    jobs.reserved(jobs.proposal(grant));
    jobs.reserved(jobs.proposal(grant));
    refused(LedgerCodes.GRANT_EXHAUSTED, () -> jobs.reserved(jobs.proposal(grant)));
    reserveRefused(
        LedgerCodes.GRANT_EXHAUSTED, jobs.reservation(jobs.sign(jobs.proposal(grant)), 3));
    assertThat(bank.freeTickets(grant.id(), 1)).isEmpty();
  }

  @Test
  void aTakenTicketIsRefused() {
    Grant grant = jobs.put(2);
    Use taken = jobs.reserved(jobs.proposal(grant)).uses().getFirst();
    reserveRefused(
        LedgerCodes.GRANT_TICKET,
        jobs.reservation(jobs.sign(jobs.proposal(grant)), taken.ticket()));
  }

  @Test
  void usesOtherThanTheProposalNeedsAreRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(2)));
    Reservation other =
        new Reservation(
            proposal, List.of(new Use(jobs.put(2).id(), 1, "tax")), jobs.acceptances(proposal));
    reserveRefused(LedgerCodes.BAD_REQUEST, other);
  }

  @Test
  void reservingIsAllOrNothing() {
    Grant plenty = jobs.put(5);
    Grant one = jobs.put(1);
    jobs.reserved(jobs.proposal(one));
    Proposal both = jobs.proposal(plenty, one);
    refused(LedgerCodes.GRANT_EXHAUSTED, () -> jobs.reserved(both));
    assertThat(bank.freeTickets(plenty.id(), 1)).hasSize(5);
  }

  // Receipts

  @Test
  void aReceiptIsItsPartysAndIdempotent() {
    Reservation job = jobs.reserved();
    Signed<Receipt> receipt = space.get("tax").sign(jobs.receipt(job, "tax"));
    refused(LedgerCodes.NOT_OWNER, () -> bank.receipt(receipt));
    tax.receipt(receipt);
    tax.receipt(receipt);
    Signed<Receipt> other = space.get("tax").sign(jobs.aborted(job, "tax"));
    refused(LedgerCodes.EXISTS, () -> tax.receipt(other));
    assertThat(bank.job(job.jobId()).orElseThrow().receipts()).containsExactly(receipt);
  }

  @Test
  void aReceiptOfNoPartyIsRefused() {
    Reservation job = jobs.reserved();
    Receipt stranger = jobs.aborted(job, "trade");
    refused(LedgerCodes.NOT_PARTY, () -> trade.receipt(space.get("trade").sign(stranger)));
  }

  @Test
  void aReceiptSignedBySomebodyElseIsRefused() {
    Reservation job = jobs.reserved();
    Receipt receipt = jobs.receipt(job, "tax");
    refused(LedgerCodes.SIGNATURE, () -> tax.receipt(space.get("bank").sign(receipt)));
  }

  @Test
  void aReceiptOfAnotherPlanIsRefused() {
    Reservation job = jobs.reserved();
    Receipt honest = jobs.aborted(job, "tax");
    Receipt other =
        new Receipt(
            honest.jobId(),
            "tax",
            honest.role(),
            honest.outcome(),
            TestJobs.digest("another plan"),
            honest.inputCommitments(),
            honest.transcripts(),
            honest.outputDigest(),
            false,
            honest.at());
    refused(LedgerCodes.PLAN_MISMATCH, () -> jobs.write(other));
  }

  @Test
  void aReceiptOfOtherInputsIsRefused() {
    Reservation job = jobs.reserved();
    Receipt honest = jobs.aborted(job, "tax");
    Receipt other =
        new Receipt(
            honest.jobId(),
            "tax",
            honest.role(),
            honest.outcome(),
            honest.planDigest(),
            List.of(TestJobs.digest("other inputs")),
            honest.transcripts(),
            honest.outputDigest(),
            false,
            honest.at());
    refused(LedgerCodes.RECEIPT_MISMATCH, () -> jobs.write(other));
  }

  @Test
  void aReceiptOfAJobThatIsNotReservedIsRefused() {
    Reservation never = jobs.reservation(jobs.sign(jobs.proposal(jobs.grant(1))), 1);
    refused(LedgerCodes.NOT_FOUND, () -> jobs.write(jobs.receipt(never, "tax")));
  }

  // Settling

  @Test
  void agreeingReceiptsSettle() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    refused(LedgerCodes.RECEIPTS_MISSING, () -> bank.settle(job.jobId()));
    jobs.write(jobs.receipt(job, "bank"));
    refused(LedgerCodes.NOT_PARTY, () -> trade.settle(job.jobId()));
    Settlement settlement = bank.settle(job.jobId());
    assertThat(settlement.basis()).isEqualTo(Settlement.Basis.AGREED);
    assertThat(settlement.uses()).isEqualTo(job.uses());
    assertThat(tax.settle(job.jobId())).isEqualTo(settlement);
    assertThat(tax.job(job.jobId()).orElseThrow().state()).isEqualTo(JobRecord.State.SETTLED);
    refused(LedgerCodes.SETTLED, () -> bank.reserve(job.proposal(), job.acceptances()));
  }

  @Test
  void contradictingReceiptsDoNotSettle() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    jobs.write(jobs.aborted(job, "bank"));
    refused(LedgerCodes.RECEIPTS_DISAGREE, () -> tax.settle(job.jobId()));
  }

  @Test
  void anExpiredJobSettlesWithWhatIsThere() {
    Reservation job = jobs.reserved(jobs.proposal(SOON, jobs.put(2)));
    jobs.write(jobs.receipt(job, "tax"));
    ledger.pass(SOON.plusMillis(100));
    Settlement settlement = tax.settle(job.jobId());
    assertThat(settlement.basis()).isEqualTo(Settlement.Basis.EXPIRED);
    assertThat(settlement.receipts()).containsExactly("tax");
    jobs.write(jobs.receipt(job, "bank"));
    assertThat(bank.job(job.jobId()).orElseThrow().receipts()).hasSize(2);
  }

  // Releasing

  @Test
  void everybodysWordGivesTheUsesBack() {
    Grant grant = jobs.put(1);
    Reservation job = jobs.reserved(jobs.proposal(grant));
    jobs.write(jobs.aborted(job, "tax"));
    assertThat(bank.freeTickets(grant.id(), 1)).isEmpty();
    Release release = bank.release(job.jobId(), jobs.statements(job));
    assertThat(tax.release(job.jobId(), jobs.statements(job))).isEqualTo(release);
    assertThat(bank.freeTickets(grant.id(), 1)).containsExactly(1);
    assertThat(bank.job(job.jobId()).orElseThrow().state()).isEqualTo(JobRecord.State.RELEASED);
    refused(LedgerCodes.RELEASED, () -> bank.settle(job.jobId()));
    refused(LedgerCodes.RELEASED, () -> bank.reserve(job.proposal(), job.acceptances()));
    refused(LedgerCodes.RELEASED, () -> jobs.write(jobs.receipt(job, "bank")));
    jobs.reserved(jobs.proposal(grant));
  }

  @Test
  void aMissingStatementIsRefused() {
    Reservation job = jobs.reserved();
    refused(
        LedgerCodes.STATEMENT_MISSING,
        () -> bank.release(job.jobId(), jobs.statements(job).subList(0, 1)));
  }

  @Test
  void aStatementSignedBySomebodyElseIsRefused() {
    Reservation job = jobs.reserved();
    refused(
        LedgerCodes.SIGNATURE,
        () ->
            bank.release(
                job.jobId(),
                List.of(
                    jobs.statements(job).getFirst(),
                    space.get("bank").sign(jobs.statement(job, "tax")))));
  }

  @Test
  void aStatementOfAnotherJobIsRefused() {
    Reservation job = jobs.reserved();
    Reservation other = jobs.reserved();
    refused(LedgerCodes.STATEMENT_MISSING, () -> bank.release(job.jobId(), jobs.statements(other)));
  }

  @Test
  void aJobThatRevealedIsNotReleased() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    refused(LedgerCodes.REVEALED, () -> bank.release(job.jobId(), jobs.statements(job)));
  }

  @Test
  void aSettledJobIsNotReleased() {
    Reservation job = jobs.reserved(jobs.proposal(SOON, jobs.put(2)));
    ledger.pass(SOON.plusMillis(100));
    bank.settle(job.jobId());
    refused(LedgerCodes.SETTLED, () -> bank.release(job.jobId(), jobs.statements(job)));
  }

  @Test
  void aReleaseByNoPartyIsRefused() {
    Reservation job = jobs.reserved();
    refused(LedgerCodes.NOT_PARTY, () -> trade.release(job.jobId(), jobs.statements(job)));
  }

  // Arguments nobody should send

  @Test
  void anUnknownFunctionIsRefused() {
    refused(
        LedgerCodes.BAD_REQUEST,
        () ->
            bank.submit(
                "mint", org.tidegate.ledger.records.JsonObject.empty(), Set.of("bank"), true));
  }

  @Test
  void malformedArgumentsAreRefused() {
    refused(
        LedgerCodes.BAD_REQUEST,
        () ->
            bank.submit(
                "settle",
                org.tidegate.ledger.records.JsonObject.builder().put("jobId", "42").build(),
                Set.of("bank"),
                true));
  }

  // Together

  @Test
  void aLimitHoldsUnderContention() throws Exception {
    Race race = race();
    Grant grant = jobs.put(race.limit());
    List<Callable<List<Digest>>> clients = new ArrayList<>();
    for (int i = 0; i < race.clients(); i++) {
      clients.add(() -> reserveAll(grant, race.tries()));
    }
    Set<Digest> reserved = new HashSet<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(race.clients())) {
      for (Future<List<Digest>> future : pool.invokeAll(clients)) {
        reserved.addAll(future.get());
      }
    }
    assertThat(reserved).hasSize(race.limit());
    assertThat(bank.freeTickets(grant.id(), 1)).isEmpty();
  }

  private List<Digest> reserveAll(Grant grant, int tries) {
    List<Digest> reserved = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      try {
        reserved.add(jobs.reserved(jobs.proposal(grant)).jobId());
      } catch (LedgerException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(LedgerCodes.GRANT_EXHAUSTED);
      }
    }
    return reserved;
  }
}
