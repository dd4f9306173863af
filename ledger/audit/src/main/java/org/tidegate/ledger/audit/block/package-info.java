/**
 * Fabric's block formats and the checks a peer makes at commit: one verifier for embedded and real
 * blocks, which the embedded peer runs when it commits and an auditor runs on exported files.
 *
 * <p>Nothing here trusts what nobody signed: validation flags are recomputed.
 */
@NullMarked
package org.tidegate.ledger.audit.block;

import org.jspecify.annotations.NullMarked;
