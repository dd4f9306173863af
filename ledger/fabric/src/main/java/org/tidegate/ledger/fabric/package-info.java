/**
 * A Fabric network of a space on one machine, from the official {@code peer} and {@code orderer}
 * programs and without containers: one peer and one contract service for each organisation, one
 * orderer. The members' own authorities are its MSPs, and block 0 is the embedded ledger's with
 * what separate processes need besides, so clients and the audit see the same space.
 *
 * <p>{@link org.tidegate.ledger.fabric.FabricNetwork} is the way in. Below it: {@code
 * NetworkLayout} (what stands where), {@code NetworkFiles} (writes it), {@code Processes} (runs
 * it), {@code PeerAdmin}, {@code OrdererAdmin} and {@code Lifecycle} (say to the running programs
 * what they are to do).
 */
@NullMarked
package org.tidegate.ledger.fabric;

import org.jspecify.annotations.NullMarked;
