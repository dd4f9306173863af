package org.tidegate.mpc.psi.sum;

/** The party whose values are summed, ready to run once. */
public final class ValueOwner {
  ValueOwner() {}

  /**
   * Runs the protocol.
   *
   * @param hook called before the reveal if the matcher is the recipient
   * @return the count, and the sums if the value owner is the recipient
   * @throws GroupTooSmallException if either party's minimum group is not reached
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything; there is no result then
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SumOutcome run(RevealHook hook) {
    throw new UnsupportedOperationException();
  }
}
