package org.tidegate.ledger.audit;

import java.util.List;
import org.tidegate.ledger.records.Digest;

/**
 * The result of an audit.
 *
 * @param height number of blocks read, block 0 included
 * @param headHash hash of the last block's header
 * @param trusts what the result rests on, in words
 * @param findings what does not hold, in the order of blocks; empty means that all holds
 * @param balances one per grant, in the order of their ids
 */
public record AuditReport(
    long height,
    Digest headHash,
    List<String> trusts,
    List<Finding> findings,
    List<GrantBalance> balances) {
  /** Copies. */
  public AuditReport {
    trusts = List.copyOf(trusts);
    findings = List.copyOf(findings);
    balances = List.copyOf(balances);
  }

  /** Whether everything holds. */
  public boolean holds() {
    return findings.isEmpty();
  }
}
