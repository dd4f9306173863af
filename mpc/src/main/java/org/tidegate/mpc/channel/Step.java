package org.tidegate.mpc.channel;

/**
 * The tag of a protocol step. It travels with each frame and is checked on arrival, so that two
 * ends that disagree about where they are find out at once.
 *
 * @param number agreed number, 1 to 65535; only the number travels
 * @param name what errors and traces call it
 */
public record Step(int number, String name) {
  /** Checks the number. */
  public Step {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("step number " + number + " is not within 1 and 65535");
    }
  }

  @Override
  public String toString() {
    return number + " (" + name + ")";
  }
}
