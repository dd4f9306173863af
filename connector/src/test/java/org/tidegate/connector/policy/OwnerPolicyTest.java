package org.tidegate.connector.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.contract.MemoryLedger;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;

/** What the ledger says is in an owner's name, the owner believes only over its own signature. */
class OwnerPolicyTest {
  private final TestSpace space = new TestSpace();
  private final MemoryLedger ledger = new MemoryLedger(Optional.empty());
  private final TestJobs jobs = new TestJobs(space, ledger);
  private final OwnerPolicy policy =
      new OwnerPolicy("tax", 1, () -> space.get("tax").caCertificate());

  private List<String> subjectMissed = List.of();

  private long check(Grant asked, SignedGrant stands) {
    Proposal proposal = jobs.proposal(asked);
    DataNeed need =
        new DataNeed(
            "tax",
            "income",
            asked.productDigest(),
            proposal.needs().getFirst().columns(),
            subjectMissed);
    return policy.check(
        proposal,
        List.of(need),
        id -> Optional.of(new GrantState(stands, Optional.empty())),
        Optional::empty,
        ledger.now());
  }

  private void refused(Grant asked, SignedGrant stands) {
    assertThatThrownBy(() -> check(asked, stands))
        .isInstanceOfSatisfying(
            PolicyException.class, e -> assertThat(e.code()).isEqualTo(LedgerCodes.GRANT_SIGNATURE))
        .hasMessageContaining("'" + asked.id() + "'");
  }

  @Test
  void anOwnGrantIsGood() {
    Grant grant = jobs.grant(3);
    assertThat(check(grant, space.get("tax").grant(grant))).isEqualTo(5);
  }

  @Test
  void aGrantThatTheMajorityForgedIsRefused() {
    Grant grant = jobs.grant(3);
    refused(grant, space.get("bank").grant(grant));
    SignedGrant honest = space.get("tax").grant(grant);
    Grant more = jobs.grant(grant.id(), 1_000);
    refused(
        grant,
        new SignedGrant(new Signed<>(more, honest.grant().signature()), honest.certificate()));
    refused(
        grant,
        new SignedGrant(
            space.get("bank").sign(grant), space.get("tax").entry().receiptCertificate()));
  }

  @Test
  void aMinimumGroupOfSubjectsIsNotCountedInOtherKeys() {
    Grant grant = jobs.grant(3);
    SignedGrant stands = space.get("tax").grant(grant);
    subjectMissed = List.of("uscc");
    assertThatThrownBy(() -> check(grant, stands))
        .isInstanceOfSatisfying(
            PolicyException.class, e -> assertThat(e.code()).isEqualTo("group.subject"))
        .hasMessageContaining("asks for 5 data subjects")
        .hasMessageContaining("join on uscc alone");
  }

  @Test
  void anotherGrantOfItsOwnInItsPlaceIsRefused() {
    refused(jobs.grant(3), space.get("tax").grant(jobs.grant(1_000)));
  }
}
