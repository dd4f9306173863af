package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.session.Session;

/** The party that chooses, ready to run once. */
public final class Receiver {
  private final Session session;
  private final String use;
  private final BitVoleReceiver bits;

  Receiver(Session session, String use, BitVoleReceiver bits) {
    this.session = session;
    this.use = use;
    this.bits = bits;
  }

  /**
   * Extends.
   *
   * @param choices choice i is bit i mod 64 of word i/64
   * @return of transfer i the chosen block, at words 2i and 2i + 1
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer misbehaved
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public long[] run(long[] choices) {
    return TransferBlocks.receiver(session, use, bits.run(choices)[0]);
  }
}
