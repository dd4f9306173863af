package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.session.Session;

/** The party with two random blocks per transfer, ready to run once. */
public final class Sender {
  private final Session session;
  private final String use;
  private final BitVoleSender bits;

  Sender(Session session, String use, BitVoleSender bits) {
    this.session = session;
    this.use = use;
    this.bits = bits;
  }

  /**
   * Extends.
   *
   * @return of transfer i, block 0 at words 4i and 4i + 1, block 1 at 4i + 2 and 4i + 3
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer misbehaved
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public long[] run() {
    return TransferBlocks.sender(session, use, bits.run()[0]);
  }
}
