package org.tidegate.mpc.channel;

/** The contract, in memory. */
final class MemoryChannelTest extends ChannelContract {
  @Override
  protected MemoryChannel.Pair connect() {
    return MemoryChannel.pair("left", "right");
  }
}
