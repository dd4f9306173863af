package org.tidegate.mpc.lpn;

/**
 * A public k×N matrix G over GF(2), used as the map from N blocks to k. Blocks are pairs of words,
 * the lower first. Implementations are immutable and may be shared by threads; all that have a name
 * in common are the same map.
 */
public interface LinearCode {
  /** What plans and receipts call it; names the family and its parameters. */
  String name();

  /** k. */
  int dimension();

  /** N. */
  int length();

  /**
   * An empty vector of N blocks, with room that {@link #prepare} needs.
   *
   * @return block i stands at words 2·({@link #lead} + i) and the next; all others stay zero
   */
  default long[] vector() {
    return new long[2 * (lead() + length())];
  }

  /** Blocks of a vector before its first. */
  int lead();

  /** The part of the map that goes through a vector once, in place. */
  void prepare(long[] vector);

  /**
   * Blocks [from, to) of the result. Threads may work on disjoint ranges of a prepared vector.
   *
   * @param vector after {@link #prepare}
   * @param out overwritten at block {@code at + from} and on
   * @param at where block 0 of the result would stand
   */
  void finish(long[] vector, long[] out, int at, int from, int to);
}
