/**
 * What an owner allows: picks the grants a plan needs (proposer), and checks a proposal against the
 * owner's own grants as they stand on the ledger (owner). The contract checks the same again.
 */
@NullMarked
package org.tidegate.connector.policy;

import org.jspecify.annotations.NullMarked;
