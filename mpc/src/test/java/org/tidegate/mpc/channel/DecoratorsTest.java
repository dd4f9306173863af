package org.tidegate.mpc.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DecoratorsTest {
  private static final Step ONE = new Step(1, "one");

  @Test
  void bothEndsDigestTheSameAndOneByteChangesIt() {
    MemoryChannel.Pair pair = MemoryChannel.pair("left", "right");
    TranscriptChannel left = new TranscriptChannel(pair.first());
    TranscriptChannel right = new TranscriptChannel(pair.second());
    left.send(ONE, new byte[] {1, 2});
    right.receive(ONE, 2);
    assertThat(left.transcript().sentDigest()).isEqualTo(right.transcript().receivedDigest());
    assertThat(right.transcript().receivedBytes()).isEqualTo(2);
    byte[] before = left.transcript().sentDigest();
    left.send(ONE, new byte[0]);
    assertThat(left.transcript().sentDigest()).isNotEqualTo(before);
    assertThat(left.transcript().receivedDigest()).isEqualTo(right.transcript().sentDigest());
  }

  @Test
  void metersBytesFramesAndRounds() {
    MemoryChannel.Pair pair = MemoryChannel.pair("left", "right");
    MeteredChannel left = new MeteredChannel(pair.first());
    left.send(ONE, new byte[3]);
    left.fork("lane").send(ONE, new byte[4]);
    pair.second().send(ONE, new byte[5]);
    left.receive(ONE, 5);
    assertThat(left.meter().sentBytes()).isEqualTo(7);
    assertThat(left.meter().sentFrames()).isEqualTo(2);
    assertThat(left.meter().receivedBytes()).isEqualTo(5);
    assertThat(left.meter().rounds()).isEqualTo(1);
  }
}
