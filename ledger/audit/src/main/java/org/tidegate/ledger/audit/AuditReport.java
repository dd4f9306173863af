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
 * @param usage the uses behind the balances, by grant, purpose and month
 * @param heads who signed for the chain's end, and whether it is so
 */
public record AuditReport(
    long height,
    Digest headHash,
    List<String> trusts,
    List<Finding> findings,
    List<GrantBalance> balances,
    List<Usage> usage,
    List<HeadWord> heads) {
  /** Copies. */
  public AuditReport {
    trusts = List.copyOf(trusts);
    findings = List.copyOf(findings);
    balances = List.copyOf(balances);
    usage = List.copyOf(usage);
    heads = List.copyOf(heads);
  }

  /** Whether everything holds. */
  public boolean holds() {
    return findings.isEmpty();
  }
}
