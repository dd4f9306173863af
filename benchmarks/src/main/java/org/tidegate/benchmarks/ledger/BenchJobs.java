package org.tidegate.benchmarks.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.connector.app.LedgerAccess;
import org.tidegate.connector.identity.Pem;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Method;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.Transcript;

/**
 * Records of made-up jobs in which a bank asks about a registry's table, signed with both nodes'
 * keys.
 */
final class BenchJobs {
  static final String BANK = "bank";
  static final String REGISTRY = "registry";
  static final String TABLE = "filings";

  private static final String PURPOSE = "credit-risk";
  private static final Method METHOD =
      new Method("sum", "semi-honest", JsonObject.builder().put("paillierBits", 3072).build());

  private final LedgerAccess bank;
  private final LedgerAccess registry;
  private final Product product;
  private int serial;

  /**
   * A job whose use is to be taken.
   *
   * @param proposal the bank's
   * @param acceptances of both
   */
  record Wanted(Signed<Proposal> proposal, List<Signed<Acceptance>> acceptances) {
    Digest jobId() {
      return Proposal.jobId(proposal);
    }
  }

  BenchJobs(LedgerAccess bank, LedgerAccess registry) {
    this.bank = bank;
    this.registry = registry;
    this.product = registry.client().product(REGISTRY, TABLE).orElseThrow();
  }

  /** A new grant of the registry's, signed, not yet put. */
  SignedGrant grant(int count) {
    Instant now = Instant.now();
    Grant grant =
        new Grant(
            "bench-" + ++serial,
            REGISTRY,
            TABLE,
            product.digest(),
            ColumnUses.of(Map.of("code", Set.of(Operation.JOIN), "amount", Set.of(Operation.SUM))),
            PURPOSE,
            List.of(BANK),
            now.minus(Duration.ofMinutes(1)),
            now.plus(Duration.ofHours(2)),
            count,
            5);
    var receipt = registry.home().receipt();
    return SignedGrant.sign(grant, Pem.encode(receipt.certificate()), receipt.privateKey());
  }

  /** A job that needs one use of a grant. */
  Wanted wanted(SignedGrant grant) {
    int number = ++serial;
    Instant now = Instant.now();
    Proposal proposal =
        new Proposal(
            bank.home().space().space(),
            BANK,
            BANK,
            PURPOSE,
            List.of(BANK, REGISTRY),
            List.of(
                new GrantNeed(grant.grant().body().id(), REGISTRY, grant.grant().body().columns())),
            digest("plan " + number),
            digest("content " + number),
            now.minus(Duration.ofSeconds(1)),
            now.plus(Duration.ofHours(1)));
    Signed<Proposal> signed = Signed.sign(proposal, key(bank));
    List<Signed<Acceptance>> acceptances = new ArrayList<>();
    for (LedgerAccess access : List.of(bank, registry)) {
      String name = access.home().participant();
      acceptances.add(
          Signed.sign(
              new Acceptance(
                  Proposal.jobId(signed),
                  proposal.planDigest(),
                  name,
                  List.of(inputs(name)),
                  proposal.expires()),
              key(access)));
    }
    return new Wanted(signed, acceptances);
  }

  /** A party's receipt of a job. */
  Signed<Receipt> receipt(Wanted job, LedgerAccess of) {
    String self = of.home().participant();
    String peer = self.equals(BANK) ? REGISTRY : BANK;
    boolean recipient = self.equals(BANK);
    return Signed.sign(
        new Receipt(
            job.jobId(),
            self,
            recipient ? "matcher" : "valueOwner",
            Outcome.COMPLETED,
            job.proposal().body().planDigest(),
            Optional.of(METHOD),
            List.of(inputs(self)),
            List.of(
                new Transcript(
                    peer,
                    "main",
                    digest("frames of " + self),
                    digest("frames of " + peer),
                    recipient ? 1_000 : 2_000,
                    recipient ? 2_000 : 1_000)),
            recipient ? Optional.of(digest("result")) : Optional.empty(),
            !recipient,
            Instant.now()),
        key(of));
  }

  private static java.security.PrivateKey key(LedgerAccess access) {
    return access.home().receipt().privateKey();
  }

  private static Digest inputs(String participant) {
    return digest("inputs of " + participant);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
