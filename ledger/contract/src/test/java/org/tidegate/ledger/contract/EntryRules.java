package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.SpaceStatement;

/** The part of {@link LedgerContract} on the space, participants, products, grants. */
public abstract class EntryRules extends LedgerFixture {
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
    refused(LedgerCodes.NOT_OWNER, () -> bank.putGrant(space.get("tax").grant(grant)));
    assertThat(bank.grant("tax", grant.id())).isEmpty();
  }

  @Test
  void aGrantThatItsOwnerDidNotSignIsRefused() {
    Grant grant = jobs.grant(3);
    refused(LedgerCodes.SIGNATURE, () -> tax.putGrant(space.get("bank").grant(grant)));
    SignedGrant honest = space.get("tax").grant(grant);
    Grant more = jobs.grant(grant.id(), 4);
    refused(
        LedgerCodes.SIGNATURE,
        () ->
            tax.putGrant(
                new SignedGrant(
                    new Signed<>(more, honest.grant().signature()), honest.certificate())));
    refused(
        LedgerCodes.SIGNATURE,
        () ->
            tax.putGrant(
                new SignedGrant(honest.grant(), space.get("bank").entry().receiptCertificate())));
    assertThat(bank.grant("tax", grant.id())).isEmpty();
  }

  @Test
  void everyOwnerNamesItsOwnGrants() {
    Grant grant = jobs.put(3);
    bank.putProduct(
        new Product("bank", "loans", 1, TestJobs.digest("loans"), List.of("uscc"), ledger.now()));
    ledger.level();
    Grant same =
        new Grant(
            grant.id(),
            "bank",
            "loans",
            TestJobs.digest("loans"),
            ColumnUses.of(Map.of("uscc", EnumSet.of(Operation.JOIN))),
            grant.purpose(),
            List.of("tax"),
            grant.from(),
            grant.until(),
            1,
            1);
    jobs.put(same);
    assertThat(trade.grant("bank", grant.id()).orElseThrow().grant()).isEqualTo(same);
    assertThat(trade.grant("tax", grant.id()).orElseThrow().grant()).isEqualTo(grant);
    jobs.reserved(jobs.proposal(grant));
    assertThat(bank.freeTickets("bank", grant.id(), 1)).containsExactly(1);
    assertThat(bank.freeTickets("tax", grant.id(), 1)).hasSize(2);
  }

  @Test
  void nothingIsSignedWithAnExpiredCertificate() {
    TestParticipant tax = space.get("tax");
    Grant grant = jobs.put(3);
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(grant));
    Reservation job = jobs.reserved(jobs.proposal(grant));
    Duration left = Duration.ofSeconds(3);
    this.tax.putParticipant(tax.entryUntil(ledger.now().plus(left)));
    ledger.pass(left.plusSeconds(1));
    try {
      refused(LedgerCodes.SIGNATURE, () -> this.tax.putGrant(tax.grant(jobs.grant(3))));
      refused(LedgerCodes.SIGNATURE, () -> jobs.revoke(grant, "the agreement ended"));
      refused(LedgerCodes.SIGNATURE, () -> bank.reserve(proposal, jobs.acceptances(proposal)));
      refused(LedgerCodes.SIGNATURE, () -> jobs.write(jobs.receipt(job, "tax")));
      refused(LedgerCodes.SIGNATURE, () -> bank.release(job.jobId(), jobs.statements(job)));
    } finally {
      this.tax.putParticipant(tax.entry());
      ledger.level();
    }
    jobs.write(jobs.receipt(job, "tax"));
  }

  @Test
  void aGrantOnAColumnThatIsNotThereIsRefused() {
    Grant grant = jobs.grant(3);
    Grant wide = withColumns(grant, Map.of("salary", EnumSet.of(Operation.SUM)));
    refused(LedgerCodes.GRANT_COLUMN, () -> jobs.put(wide));
  }

  @Test
  void aGrantNeverChanges() {
    Grant grant = jobs.put(3);
    jobs.put(grant);
    refused(LedgerCodes.EXISTS, () -> jobs.put(jobs.grant(grant.id(), 4)));
  }

  @Test
  void aRevocationByAnotherOrganisationIsRefused() {
    Grant grant = jobs.put(3);
    Revocation revocation = new Revocation("tax", grant.id(), "mine now", ledger.now());
    refused(LedgerCodes.NOT_OWNER, () -> bank.revokeGrant(space.get("tax").sign(revocation)));
    refused(LedgerCodes.SIGNATURE, () -> tax.revokeGrant(space.get("bank").sign(revocation)));
    assertThat(bank.grant("tax", grant.id()).orElseThrow().revocation()).isEmpty();
  }

  @Test
  void aRevokedGrantIsRefused() {
    Grant grant = jobs.put(3);
    jobs.revoke(grant, "the agreement ended");
    jobs.revoke(grant, "again");
    GrantState state = bank.grant("tax", grant.id()).orElseThrow();
    assertThat(state.revocation().orElseThrow().body().reason()).isEqualTo("the agreement ended");
    refused(LedgerCodes.GRANT_REVOKED, () -> jobs.reserved(jobs.proposal(grant)));
    refused(LedgerCodes.GRANT_REVOKED, () -> jobs.put(grant));
  }

  @Test
  void listsComeInPages() {
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      put.add("tax" + jobs.put(1).id());
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Page<GrantState> page = bank.grants(after, 2);
      assertThat(page.entries()).hasSizeBetween(1, 2);
      page.entries().forEach(state -> seen.add(state.grant().owner() + state.grant().id()));
      after = page.next();
    } while (!after.isEmpty());
    assertThat(seen).containsAll(put).doesNotHaveDuplicates().isSorted();
    assertThat(bank.participants("", 10).entries()).hasSize(3);
    assertThat(bank.products("", 10).entries()).isNotEmpty();
    Reservation job = jobs.reserved();
    assertThat(bank.jobs("", Page.MAX_LIMIT).entries()).contains(job.jobId());
  }

  static Grant withColumns(Grant grant, Map<String, EnumSet<Operation>> columns) {
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
}
