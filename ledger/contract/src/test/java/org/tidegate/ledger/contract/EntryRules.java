package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
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
    ledger.level();
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
