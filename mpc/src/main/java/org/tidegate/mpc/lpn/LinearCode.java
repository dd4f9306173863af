package org.tidegate.mpc.lpn;

/**
 * A public k×N matrix G over GF(2), used as the map from N blocks to k. Implementations are
 * immutable and may be shared by threads; all that have a name in common are the same map.
 */
public interface LinearCode {
  /** What plans and receipts call it; names the family and its parameters. */
  String name();

  /** k. */
  int dimension();

  /** N. */
  int length();

  /**
   * out = G·noise. Blocks are pairs of words.
   *
   * @param noise N blocks; holds nothing of use afterwards
   * @param out receives k blocks; another array
   */
  void compress(long[] noise, long[] out);
}
