package org.tidegate.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.records.Signatures;

/**
 * A chain that the version of 2026-11-23 wrote, before participants could be suspended and grants
 * could say more than they must: two products, two grants, one of them revoked, a job that was
 * settled. What its nodes endorsed then holds for ever, whatever records can say by now.
 */
class EarlierChainTest {
  @Test
  void aChainOfAnEarlierVersionHolds() throws Exception {
    Path chain = resource("chains/2026-11-23");
    LedgerAudit audit =
        new LedgerAudit(
            new LedgerExport(chain),
            Signatures.certificate("root", Files.readString(chain.resolve("root.pem"))),
            Optional.empty());
    AuditReport report = audit.report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.height()).isEqualTo(14);
    assertThat(report.balances())
        .containsExactlyInAnyOrder(
            new GrantBalance("bank", "bank.loans", 1_000_000, 0, 0, 0),
            new GrantBalance("tax", "tax.filings", 1_000_000, 0, 1, 0));
    assertThat(audit.jobs()).hasSize(1);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(EarlierChainTest.class.getClassLoader().getResource(name)).toURI());
  }
}
