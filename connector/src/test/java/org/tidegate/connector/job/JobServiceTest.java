package org.tidegate.connector.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidegate.connector.job.JobState.RELEASED;
import static org.tidegate.connector.job.JobState.SETTLED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.ReceiptAgreement;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;

final class JobServiceTest {
  @TempDir Path home;
  private JobSpace space;

  @BeforeEach
  void open() {
    space = new JobSpace(home);
  }

  @AfterEach
  void close() {
    space.close();
  }

  private JobReport ask() {
    return space
        .bank()
        .jobs()
        .query(QueryRequest.of(JobSpace.SQL), JobListener.NONE, new JobService.Cancel());
  }

  private void awaitFinal(JobSpace.Node node, Digest jobId) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      if (node.store().find(jobId).orElseThrow().state().isFinal()) {
        return;
      }
      Thread.sleep(25);
    }
    assertThat(node.store().history(jobId)).describedAs("%s of %s", jobId, node.name).isEmpty();
  }

  @Test
  void anAnswerIsMeteredAndEvidencedByBothSides() throws Exception {
    Grant grant = space.grant("g", 3);
    JobReport report = ask();
    assertThat(report.outcome()).isEqualTo(JobOutcome.COMPLETED);
    assertThat(report.result().orElseThrow().rows()).containsExactly(List.of("42"));
    assertThat(report.state()).contains(SETTLED);
    Digest jobId = report.jobId().orElseThrow();
    awaitFinal(space.tax(), jobId);
    JobRecord record = space.truth().job(jobId).orElseThrow();
    assertThat(record.state()).isEqualTo(JobRecord.State.SETTLED);
    assertThat(record.receipts()).hasSize(2);
    assertThat(ReceiptAgreement.disagreement(record.receipts().stream().map(Signed::body).toList()))
        .isEmpty();
    assertThat(record.receipt("tax").orElseThrow().revealSent()).isTrue();
    assertThat(record.receipt("bank").orElseThrow().outputDigest())
        .contains(
            Digest.of(
                space
                    .bank()
                    .store()
                    .document(jobId, JobStore.Kind.RESULT, "")
                    .orElseThrow()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(space.used(grant)).isEqualTo(1);
    for (JobSpace.Node node : space.nodes.values()) {
      assertThat(node.store().history(jobId))
          .extracting(JobStore.Change::state)
          .containsExactly(
              JobState.PROPOSED,
              JobState.ACCEPTED,
              JobState.RESERVED,
              JobState.RUNNING,
              JobState.REVEALING,
              JobState.REVEALED,
              SETTLED);
    }
  }

  @Test
  void nothingNewBeginsWithASuspendedParticipant() {
    space.grant("g", 3);
    for (String name : List.of("bank", "tax", "trade")) {
      space
          .ledger
          .client("trade")
          .putStanding(space.space.standing(name, 1, true, space.ledger.now()));
      JobReport report = ask();
      boolean party = !name.equals("trade");
      assertThat(report.outcome().code()).isEqualTo(party ? "participant.suspended" : "");
      space
          .ledger
          .client("trade")
          .putStanding(space.space.standing(name, 2, false, space.ledger.now()));
    }
    assertThat(ask().outcome()).isEqualTo(JobOutcome.COMPLETED);
  }

  @Test
  void aStatementThatIsRefusedBecomesNoJob() {
    JobReport report =
        space
            .bank()
            .jobs()
            .query(QueryRequest.of("SELEC 1"), JobListener.NONE, new JobService.Cancel());
    assertThat(report.outcome().code()).isEqualTo("sql.syntax");
    assertThat(report.outcome().column()).isEqualTo(3);
    assertThat(report.jobId()).isEmpty();
  }

  @Test
  void eachReasonAgainstAGrantHasItsCode() throws Exception {
    refused("grant.missing", null);
    refused("grant.recipient", grant -> change(grant, "trade", JobSpace.PURPOSE, 0, 60));
    refused(
        "grant.column",
        grant ->
            new Grant(
                grant.id(),
                grant.owner(),
                grant.product(),
                grant.productDigest(),
                ColumnUses.of(
                    java.util.Map.of(
                        "uscc", java.util.Set.of(org.tidegate.ledger.records.Operation.JOIN))),
                grant.purpose(),
                grant.recipients(),
                grant.from(),
                grant.until(),
                grant.count(),
                1));
    refused("grant.notYet", grant -> change(grant, "bank", JobSpace.PURPOSE, 30, 60));
    refused("grant.expired", grant -> change(grant, "bank", JobSpace.PURPOSE, -60, -30));
    space.grant("revoked", 1);
    space
        .ledger
        .client("tax")
        .revokeGrant(
            space
                .space
                .get("tax")
                .sign(new Revocation("tax", "revoked", "no longer wanted", space.ledger.now())));
    JobReport report = ask();
    assertThat(report.outcome().code()).isEqualTo("grant.revoked");
    assertThat(report.outcome().message()).contains("no longer wanted").contains("Ask tax");
    JobReport other =
        space
            .bank()
            .jobs()
            .query(
                new QueryRequest(
                    JobSpace.SQL, Optional.of("marketing"), Optional.empty(), Optional.empty()),
                JobListener.NONE,
                new JobService.Cancel());
    assertThat(other.outcome().code()).isEqualTo("grant.purpose");
    assertThat(space.truth().jobs("", 10).entries()).isEmpty();
  }

  private int serial;

  private void refused(
      String code, @org.jspecify.annotations.Nullable UnaryOperator<Grant> change) {
    if (change != null) {
      space.grant("g" + serial++, 1, change);
    }
    assertThat(ask().outcome().code()).isEqualTo(code);
  }

  private Grant change(Grant grant, String recipient, String purpose, int from, int until) {
    return new Grant(
        grant.id(),
        grant.owner(),
        grant.product(),
        grant.productDigest(),
        grant.columns(),
        purpose,
        List.of(recipient),
        space.ledger.now().plusSeconds(60L * from),
        space.ledger.now().plusSeconds(60L * until),
        grant.count(),
        grant.minimumGroup());
  }

  @Test
  void anExhaustedGrantIsSaid() {
    space.grant("g", 1);
    assertThat(ask().outcome()).isEqualTo(JobOutcome.COMPLETED);
    assertThat(ask().outcome().code()).isEqualTo("grant.exhausted");
  }

  @Test
  void aGroupThatIsTooSmallIsRefusedAndItsUseCounts() throws Exception {
    Grant grant = space.grant("g", 1);
    space.matches = 4;
    JobReport report = ask();
    assertThat(report.outcome().code()).isEqualTo("group.tooSmall");
    assertThat(report.result()).isEmpty();
    Digest jobId = report.jobId().orElseThrow();
    awaitFinal(space.tax(), jobId);
    awaitFinal(space.bank(), jobId);
    JobRecord record = space.truth().job(jobId).orElseThrow();
    assertThat(report.state()).contains(SETTLED);
    assertThat(record.end())
        .hasValueSatisfying(
            end -> assertThat(((Settlement) end).basis()).isEqualTo(Settlement.Basis.AGREED));
    assertThat(record.receipts())
        .hasSize(2)
        .allSatisfy(signed -> assertThat(signed.body().outcome()).isEqualTo(Outcome.REFUSED))
        .allSatisfy(signed -> assertThat(signed.body().revealSent()).isTrue());
    assertThat(space.used(grant)).isEqualTo(1);
    // Or whoever knows one company less than the minimum could ask about the next one for ever.
    space.matches = 5;
    assertThat(ask().outcome().code()).isEqualTo("grant.exhausted");
  }

  @Test
  void aCancelledQueryRevealsNothingAndUsesNothing() throws Exception {
    Grant grant = space.grant("g", 1);
    JobService.Cancel cancel = new JobService.Cancel();
    space.ownerBeforeReveal =
        () -> {
          cancel.cancel();
          try {
            Thread.sleep(50);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    // The owner may be past its gate already; then its use counts. Before the gate it does not.
    JobReport report =
        space.bank().jobs().query(QueryRequest.of(JobSpace.SQL), JobListener.NONE, cancel);
    assertThat(report.outcome().kind()).isEqualTo(Outcome.ABORTED);
    Digest jobId = report.jobId().orElseThrow();
    if (space.tax().store().revealJournaled(jobId)) {
      space.ledger.pass(Duration.ofMinutes(20));
    }
    awaitFinal(space.bank(), jobId);
    awaitFinal(space.tax(), jobId);
    assertThat(space.used(grant)).isEqualTo(space.tax().store().revealJournaled(jobId) ? 1 : 0);
  }

  @Test
  void aJobThatWasAbortedByReleaseCannotRevealAnyMore() throws Exception {
    Grant grant = space.grant("g", 1);
    space.ownerBeforeReveal =
        () -> {
          Digest jobId = space.tax().store().unfinished().getFirst().jobId();
          assertThat(space.tax().jobs().release("bank", jobId).body().participant())
              .isEqualTo("tax");
        };
    JobReport report = ask();
    assertThat(report.outcome().kind()).isEqualTo(Outcome.ABORTED);
    Digest jobId = report.jobId().orElseThrow();
    awaitFinal(space.bank(), jobId);
    awaitFinal(space.tax(), jobId);
    assertThat(space.tax().store().revealJournaled(jobId)).isFalse();
    assertThat(space.used(grant)).isZero();
  }

  @Test
  void whoHasRevealedSignsNoRelease() {
    space.grant("g", 1);
    space.ownerAfterReveal =
        () ->
            assertThatThrownBy(
                    () -> {
                      Digest jobId = space.tax().store().unfinished().getFirst().jobId();
                      space.tax().jobs().release("bank", jobId);
                    })
                .isInstanceOf(JobException.class)
                .hasMessageContaining("the use counts");
    assertThat(ask().outcome()).isEqualTo(JobOutcome.COMPLETED);
  }

  // ---- a hostile coordinator ----

  private record Honest(Proposal proposal, JobContent content) {}

  private Honest honest() {
    Grant grant = space.truth().grant("tax", "g").isPresent() ? null : space.grant("g", 9);
    assertThat(grant == null || grant.count() == 9).isTrue();
    JobPlan plan = space.bank().jobs().explain(QueryRequest.of(JobSpace.SQL));
    JobContent content = ((JobSpace.Plan) plan).content();
    return new Honest(
        new Proposal(
            "harbour",
            "bank",
            "bank",
            JobSpace.PURPOSE,
            plan.participants(),
            List.of(new GrantNeed("g", "tax", JobSpace.needed())),
            plan.digest(),
            content.digest(),
            space.ledger.now(),
            space.ledger.now().plusSeconds(600)),
        content);
  }

  private void refusedByOwner(String code, Proposal proposal, JobContent content) {
    refusedByOwner(
        code, "bank", Signed.sign(proposal, space.space.get("bank").receiptKey()), content);
  }

  private void refusedByOwner(
      String code, String peer, Signed<Proposal> signed, JobContent content) {
    assertThatThrownBy(() -> space.tax().jobs().propose(peer, signed, content))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.outcome().code()).isEqualTo(code));
  }

  @Test
  void anotherTextThanTheSignedOneIsRefused() {
    Honest honest = honest();
    JobContent altered =
        new JobContent(
            "SELECT SUM(salary) FROM tax.income",
            "bank",
            "semi-honest",
            honest.content().products(),
            honest.content().numbers(),
            honest.content().salt());
    refusedByOwner("plan.mismatch", honest.proposal(), altered);
  }

  @Test
  void anotherPlanThanTheTextsIsRefused() {
    Honest honest = honest();
    JobContent altered =
        new JobContent(
            "SELECT SUM(salary) FROM tax.income",
            "bank",
            "semi-honest",
            honest.content().products(),
            honest.content().numbers(),
            honest.content().salt());
    // Signed with the altered text, but the plan of the harmless one.
    refusedByOwner("plan.mismatch", with(honest.proposal(), altered.digest()), altered);
  }

  @Test
  void anotherCatalogueIsRefused() {
    Honest honest = honest();
    JobContent altered =
        new JobContent(
            JobSpace.SQL,
            "bank",
            "semi-honest",
            List.of(new ProductRef("tax", "income", 2, Digest.of(new byte[] {9}))),
            honest.content().numbers(),
            honest.content().salt());
    refusedByOwner("plan.mismatch", with(honest.proposal(), altered.digest()), altered);
  }

  @Test
  void othersProposalsKeysAndTimesAreRefused() {
    Honest honest = honest();
    Proposal proposal = honest.proposal();
    Signed<Proposal> signed = Signed.sign(proposal, space.space.get("bank").receiptKey());
    refusedByOwner("proposal.proposer", "trade", signed, honest.content());
    refusedByOwner(
        "proposal.signature",
        "bank",
        Signed.sign(proposal, space.space.get("trade").receiptKey()),
        honest.content());
    refusedByOwner(
        "proposal.time",
        with(proposal, space.ledger.now(), space.ledger.now().plusSeconds(100_000)),
        honest.content());
    refusedByOwner(
        "proposal.time",
        with(proposal, space.ledger.now().plusSeconds(120), space.ledger.now().plusSeconds(600)),
        honest.content());
    space.ledger.pass(Duration.ofMinutes(11));
    refusedByOwner("proposal.expired", proposal, honest.content());
  }

  @Test
  void aProposalIsAnsweredOnce() {
    Honest honest = honest();
    Signed<Proposal> signed = Signed.sign(honest.proposal(), space.space.get("bank").receiptKey());
    space.tax().jobs().propose("bank", signed, honest.content());
    refusedByOwner("job.repeated", "bank", signed, honest.content());
  }

  @Test
  void aStartWithoutReservationIsRefused() {
    Honest honest = honest();
    Signed<Proposal> signed = Signed.sign(honest.proposal(), space.space.get("bank").receiptKey());
    Digest jobId = space.tax().jobs().propose("bank", signed, honest.content()).body().jobId();
    assertThatThrownBy(() -> space.tax().jobs().startJob("bank", jobId))
        .hasMessageContaining("has no reservation");
    assertThatThrownBy(() -> space.tax().jobs().startJob("trade", jobId))
        .hasMessageContaining("knows no job");
    assertThatThrownBy(() -> space.tax().jobs().release("trade", jobId))
        .hasMessageContaining("knows no job");
  }

  @Test
  void moreColumnsThanThePlanNeedsAreRefused() {
    Honest honest = honest();
    Proposal proposal = honest.proposal();
    Proposal more =
        new Proposal(
            proposal.space(),
            "bank",
            "bank",
            proposal.purpose(),
            proposal.participants(),
            List.of(
                new GrantNeed(
                    "g",
                    "tax",
                    ColumnUses.of(
                        java.util.Map.of(
                            "uscc",
                            java.util.Set.of(org.tidegate.ledger.records.Operation.JOIN))))),
            proposal.planDigest(),
            proposal.contentDigest(),
            proposal.created(),
            proposal.expires());
    refusedByOwner("plan.mismatch", more, honest.content());
  }

  private static Proposal with(Proposal p, Digest content) {
    return new Proposal(
        p.space(),
        p.proposer(),
        p.recipient(),
        p.purpose(),
        p.participants(),
        p.needs(),
        p.planDigest(),
        content,
        p.created(),
        p.expires());
  }

  private static Proposal with(Proposal p, java.time.Instant created, java.time.Instant expires) {
    return new Proposal(
        p.space(),
        p.proposer(),
        p.recipient(),
        p.purpose(),
        p.participants(),
        p.needs(),
        p.planDigest(),
        p.contentDigest(),
        created,
        expires);
  }

  @Test
  void theSummaryOfAPlanIsThere() {
    JsonObject summary = space.bank().jobs().explain(QueryRequest.of(JobSpace.SQL)).summary();
    assertThat(summary.keys()).contains("digest");
    assertThat(space.bank().store().latest(5)).isEmpty();
    assertThat(RELEASED.isFinal()).isTrue();
  }
}
