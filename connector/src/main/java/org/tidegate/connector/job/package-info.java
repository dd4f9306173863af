/**
 * The life of a joint query at one node: states, the coordinator's and the owner's part, the reveal
 * journal, and the way back after a restart. Speaks to everything else through interfaces of its
 * own ({@code JobStore}, {@code Peers}, {@code Planning}, {@code Fragments}, {@code Protocols}).
 *
 * <p>What holds throughout: the ledger is the truth about uses; a state is written before what
 * follows from it is done; whoever has signed that it reveals nothing can no longer reveal.
 */
@NullMarked
package org.tidegate.connector.job;

import org.jspecify.annotations.NullMarked;
