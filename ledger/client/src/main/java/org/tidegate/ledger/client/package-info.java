/**
 * How a node speaks to its ledger: {@link LedgerClient} in terms of records, over the unmodified
 * Fabric Gateway SDK, so that the embedded ledger and a real Fabric network are the same to it.
 */
@NullMarked
package org.tidegate.ledger.client;

import org.jspecify.annotations.NullMarked;
