package org.tidegate.mpc.lpn;

/**
 * The codes there are. What is believed of such codes has changed before: a plan names its own.
 *
 * <p>The relative distance d/N is what the noise is computed for, below the 0.110 of Gilbert and
 * Varshamov for random codes of rate 1/2; see the package.
 */
public enum LpnCode {
  /** Expand-Convolute with 21 places a row and a state of 24. */
  EXPAND_CONVOLUTE_21_24("expand-convolute-21x24/1", 21, 0.10),

  /** The same with 7 places a row: cheaper, and believed in less, so that its noise is heavier. */
  EXPAND_CONVOLUTE_7_24("expand-convolute-7x24/1", 7, 0.05);

  private final String text;
  private final int weight;
  private final double distance;

  LpnCode(String text, int weight, double distance) {
    this.text = text;
    this.weight = weight;
    this.distance = distance;
  }

  /** As plans and receipts call it. */
  public String text() {
    return text;
  }

  /** Places a row of the expander. */
  int weight() {
    return weight;
  }

  /** d/N. */
  double distance() {
    return distance;
  }
}
