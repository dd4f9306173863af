package org.tidegate.connector.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for other nodes' jobs at an owner. One proposer never holds the last place while there is
 * more than one, so that it cannot shut the others out with proposals that it does not reserve.
 */
final class JobSlots {
  private final int places;
  private final int placesOfOne;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  JobSlots(int places) {
    this.places = places;
    this.placesOfOne = Math.max(1, places - 1);
  }

  /**
   * Takes a place.
   *
   * @return false if none was free in time
   */
  synchronized boolean take(String proposer, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (total == places || taken.getOrDefault(proposer, 0) >= placesOfOne) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    total++;
    taken.merge(proposer, 1, Integer::sum);
    return true;
  }

  /** Gives a place back that was taken. */
  synchronized void giveBack(String proposer) {
    total--;
    taken.merge(proposer, -1, (all, one) -> all + one == 0 ? null : all + one);
    notifyAll();
  }
}
