package org.tidegate.ledger.client;

import java.time.Duration;

/**
 * How long the steps of a ledger call may take.
 *
 * @param evaluate a query at one peer
 * @param endorse execution at all endorsing peers
 * @param submit handing the transaction to the orderer
 * @param commit waiting for the block; a commit status without a deadline can wait for ever
 * @param outOfStep how long peers may lag behind one another before their answer is taken as final
 */
public record LedgerTimeouts(
    Duration evaluate, Duration endorse, Duration submit, Duration commit, Duration outOfStep) {
  /** 15 s, 30 s, 15 s, 30 s, 3 s. */
  public static final LedgerTimeouts DEFAULTS =
      new LedgerTimeouts(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3));
}
