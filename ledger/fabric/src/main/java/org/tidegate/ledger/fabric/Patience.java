package org.tidegate.ledger.fabric;

import java.time.Duration;
import java.util.function.Predicate;

/** Tries again, until a deadline, what a network cannot do yet. */
final class Patience {
  private static final long PAUSE_MILLIS = 150;

  private final long until;

  Patience(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  /** Something that may not be possible yet. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * Runs a step until it succeeds.
   *
   * @param what for the message
   * @param done a failure whose text says that an earlier try, whose answer was lost, did it
   * @param check thrown out of, when waiting on makes no sense
   * @throws FabricException when the time is over, with the last failure
   */
  void await(String what, Step step, Predicate<String> done, Runnable check) {
    while (true) {
      try {
        step.run();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FabricException("interrupted while waiting: " + what, e);
      } catch (Exception e) {
        String text = describe(e);
        if (done.test(text)) {
          return;
        }
        check.run();
        if (System.nanoTime() > until) {
          throw new FabricException(what + " was not possible in time: " + text, e);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FabricException("interrupted while waiting: " + what, e);
      }
    }
  }

  /** A failure in words, with what the organisations' peers said. */
  static String describe(Exception e) {
    StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
    if (e instanceof org.hyperledger.fabric.client.GatewayException gateway) {
      gateway
          .getDetails()
          .forEach(detail ->
              text.append("; ").append(detail.getMspId()).append(": ").append(detail.getMessage()));
    }
    return text.toString();
  }
}
