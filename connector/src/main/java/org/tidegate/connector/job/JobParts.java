package org.tidegate.connector.job;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.tidegate.connector.policy.OwnerPolicy;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.Digest;

/**
 * All that jobs work with at one node.
 *
 * @param party who this node is
 * @param settings times and numbers
 * @param store what it remembers
 * @param ledger the truth about uses
 * @param peers the other nodes
 * @param lanes pipes to them
 * @param planning the planner
 * @param computations this node's side of plans
 * @param policy what this owner allows
 * @param clock for expiry
 * @param random for salts
 */
public record JobParts(
    Party party,
    JobSettings settings,
    JobStore store,
    LedgerClient ledger,
    Peers peers,
    Lanes.Source lanes,
    Planning planning,
    Computation.Factory computations,
    OwnerPolicy policy,
    InstantSource clock,
    SecureRandom random) {

  /** Whether a job has expired, or has left the state in which its inputs are read. */
  boolean stopped(Digest jobId, Instant expires) {
    return !clock.instant().isBefore(expires)
        || store.find(jobId).filter(entry -> entry.state() == JobState.PROPOSED).isEmpty();
  }

  /** Hex of fresh random bytes. */
  String salt(int bytes) {
    byte[] salt = new byte[bytes];
    random.nextBytes(salt);
    return java.util.HexFormat.of().formatHex(salt);
  }
}
