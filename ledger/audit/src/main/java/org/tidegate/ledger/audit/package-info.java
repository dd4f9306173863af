/**
 * The auditor's side: what an export of the chain proves to somebody who trusts nobody but the
 * space authority.
 *
 * <p>{@link org.tidegate.ledger.audit.LedgerAudit} reads exported blocks, has {@code audit.block}
 * verify chain, signatures, endorsement policy and read-write conflicts, and then runs the
 * contract's own code again on every valid transaction: what stands in a block must be exactly what
 * the rules allow on the state before it. What no single transaction shows (missing or
 * contradicting receipts, a dropped tail) is checked on the whole.
 */
@NullMarked
package org.tidegate.ledger.audit;

import org.jspecify.annotations.NullMarked;
