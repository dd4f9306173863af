package org.tidegate.ledger.audit;

import java.time.Instant;

/**
 * What a member signed about the chain's length.
 *
 * @param participant in whose name
 * @param height number of blocks, block 0 included
 * @param at when it was signed
 * @param holds whether the signature is the member's and the chain is as it says
 */
public record HeadWord(String participant, long height, Instant at, boolean holds) {}
