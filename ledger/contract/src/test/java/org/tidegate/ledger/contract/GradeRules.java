package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.records.Classification;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.GradeRule;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Signed;

/** The part of {@link LedgerContract} on classified products and the space's policy for grades. */
public abstract class GradeRules extends TermRules {
  private static final Set<Operation> SUMS =
      EnumSet.of(Operation.JOIN, Operation.SUM, Operation.COUNT);

  /** A new product of tax, with {@code amount} important and {@code uscc} general. */
  private Product classified(String name) {
    Product product =
        new Product(
            "tax",
            name,
            1,
            TestJobs.digest(name),
            List.of("amount", "uscc"),
            ledger.now(),
            Optional.of(
                new Classification(
                    List.of("tax.amount"), new TreeMap<>(Map.of("amount", Grade.IMPORTANT)))));
    tax.putProduct(product);
    ledger.level();
    return product;
  }

  private Grant grant(Product product, Operation operation, String purpose, long minimumGroup) {
    Grant like = jobs.grant(3);
    return new Grant(
        like.id(),
        "tax",
        product.name(),
        product.digest(),
        ColumnUses.of(Map.of("uscc", EnumSet.of(Operation.JOIN), "amount", EnumSet.of(operation))),
        purpose,
        like.recipients(),
        like.from(),
        like.until(),
        3,
        minimumGroup);
  }

  private Signed<GradePolicy> policy(GradeRule... rules) {
    int version = bank.gradePolicy().map(signed -> signed.body().version()).orElse(0) + 1;
    return Signed.sign(
        new GradePolicy(TestSpace.NAME, version, List.of(rules), ledger.now()), space.rootKey());
  }

  private Signed<GradePolicy> rule(GradeRule... rules) {
    Signed<GradePolicy> policy = policy(rules);
    trade.putGradePolicy(policy);
    ledger.level();
    return policy;
  }

  private static GradeRule important(Set<Operation> operations, long group, boolean malicious) {
    return new GradeRule(Grade.IMPORTANT, operations, List.of(TestJobs.PURPOSE), group, malicious);
  }

  @Test
  void aGrantKeepsTheSpacesPolicyForGrades() {
    Product product = classified("graded-1");
    Grant before = grant(product, Operation.SUM, TestJobs.PURPOSE, 5);
    jobs.put(before);
    rule(important(SUMS, 10, false));
    try {
      jobs.put(grant(product, Operation.SUM, TestJobs.PURPOSE, 10));
      refused(
          LedgerCodes.POLICY_GRADE,
          () -> jobs.put(grant(product, Operation.AVG, TestJobs.PURPOSE, 10)));
      refused(
          LedgerCodes.POLICY_GRADE, () -> jobs.put(grant(product, Operation.SUM, "curiosity", 10)));
      refused(
          LedgerCodes.POLICY_GRADE,
          () -> jobs.put(grant(product, Operation.SUM, TestJobs.PURPOSE, 9)));
      // A grant of before is held to the policy of now at each use.
      refused(LedgerCodes.POLICY_GRADE, () -> jobs.reserved(jobs.proposal(before)));
      // What nobody classified is bound by its grants alone.
      jobs.reserved(jobs.proposal(jobs.put(1)));
    } finally {
      rule();
    }
    jobs.reserved(jobs.proposal(before));
  }

  @Test
  void aGradeCanAskForMaliciousSecurity() {
    Product product = classified("graded-2");
    Grant grant = grant(product, Operation.SUM, TestJobs.PURPOSE, 5);
    rule(important(SUMS, 1, true));
    try {
      jobs.put(grant);
      refused(LedgerCodes.POLICY_GRADE, () -> jobs.reserved(jobs.proposal(grant)));
      jobs.reserved(malicious(jobs.proposal(grant)));
    } finally {
      rule();
    }
  }

  private static Proposal malicious(Proposal proposal) {
    return new Proposal(
        proposal.space(),
        proposal.proposer(),
        proposal.recipient(),
        proposal.purpose(),
        proposal.participants(),
        proposal.needs(),
        proposal.planDigest(),
        proposal.contentDigest(),
        proposal.created(),
        proposal.expires(),
        Optional.of("malicious"));
  }

  @Test
  void thePolicyIsTheAuthoritys() {
    Signed<GradePolicy> next = policy(important(SUMS, 1, false));
    refused(LedgerCodes.SIGNATURE, () -> bank.putGradePolicy(space.get("bank").sign(next.body())));
    GradePolicy skipped =
        new GradePolicy(
            TestSpace.NAME, next.body().version() + 1, next.body().rules(), ledger.now());
    refused(LedgerCodes.EXISTS, () -> bank.putGradePolicy(Signed.sign(skipped, space.rootKey())));
    GradePolicy elsewhere =
        new GradePolicy("elsewhere", next.body().version(), List.of(), ledger.now());
    refused(LedgerCodes.SPACE, () -> bank.putGradePolicy(Signed.sign(elsewhere, space.rootKey())));
    bank.putGradePolicy(next);
    bank.putGradePolicy(next);
    ledger.level();
    assertThat(tax.gradePolicy()).contains(next);
    Signed<GradePolicy> last = rule();
    refused(LedgerCodes.EXISTS, () -> bank.putGradePolicy(next));
    assertThat(bank.gradePolicy()).contains(last);
  }
}
