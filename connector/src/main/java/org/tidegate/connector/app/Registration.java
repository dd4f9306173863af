package org.tidegate.connector.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.Pem;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Puts the space's statement and this participant's entry on the ledger, which takes a majority of
 * the members' nodes: tries until it is done, in the background. What stands there already is not
 * put again, so that a node comes back while others are down.
 */
final class Registration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Registration.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(3);

  private final NodeHome home;
  private final LedgerClient ledger;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String trouble;

  Registration(NodeHome home, LedgerClient ledger) {
    this.home = home;
    this.ledger = ledger;
    this.thread = Thread.ofVirtual().name("registration").unstarted(this::run);
  }

  /** Begins. This node's own peer must be listening: it is what is asked. */
  void begin() {
    thread.start();
  }

  /** Whether it is done. */
  boolean isDone() {
    return done.getCount() == 0;
  }

  /** Why the last try failed, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /**
   * Waits until it is done.
   *
   * @throws AdminException if it takes too long, with the reason
   */
  void await(Duration patience) {
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AdminException(
            AdminException.Kind.ABORTED,
            "ledger.unreachable",
            "this node is not on the ledger yet, which takes the nodes of a majority of the"
                + " members; start them. Last failure: "
                + trouble,
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(
          AdminException.Kind.ABORTED, "node.stopping", "the node is stopping", e);
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        if (attempt()) {
          done.countDown();
          return;
        }
        Thread.sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt() {
    try {
      Signed<SpaceStatement> statement = home.space().statement();
      Participant entry =
          new Participant(
              home.participant(), Pem.encode(home.receipt().certificate()), ledgerCertificate());
      if (!stands(statement, entry)) {
        ledger.putSpace(statement);
        ledger.putParticipant(entry);
      }
      trouble = null;
      log.info("{} stands on the ledger of {}", home.participant(), home.space().space());
      return true;
    } catch (LedgerException e) {
      if (!e.getMessage().equals(trouble)) {
        log.info("not on the ledger yet: {}", e.getMessage());
      }
      trouble = e.getMessage();
      return false;
    }
  }

  /** Whether this node's own copy of the chain has both: then no other node is needed. */
  private boolean stands(Signed<SpaceStatement> statement, Participant entry) {
    return ledger.space().filter(statement::equals).isPresent()
        && ledger.participant(entry.name()).filter(entry::equals).isPresent();
  }

  private Digest ledgerCertificate() {
    return Signatures.digest(home.ledger().certificate());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
