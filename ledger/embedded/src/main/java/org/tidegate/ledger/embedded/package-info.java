/**
 * A small Fabric in the JVM: every node carries a peer, one node also orders, and they speak
 * Fabric's own services and formats, so that the unmodified Gateway SDK is the client and the same
 * audit verifies these blocks and a real network's.
 *
 * <p>What is promised about files: a transaction is acknowledged only after its block is synced at
 * the orderer, and its status is told only after the block is synced at the peer that tells it.
 * Files are opened by checking every byte; only an unfinished last write is cut off.
 *
 * <p>Where this differs from Fabric: state is kept in memory and rebuilt from the blocks; there is
 * one chaincode, one channel, one orderer; configuration updates, private data and key-level
 * endorsement are not served.
 */
@NullMarked
package org.tidegate.ledger.embedded;

import org.jspecify.annotations.NullMarked;
