package org.tidegate.connector.transport;

import org.tidegate.proto.channel.v1.Open;

/**
 * What travels on a lane: {@code tidegate.channel.v1.Frame} without protobuf's copies of the
 * payload. {@link FrameMarshaller} reads and writes the same bytes as the generated class.
 */
sealed interface WireFrame {
  /** Greatest payload of one frame, in bytes. */
  int MAX_PAYLOAD_BYTES = 1 << 20;

  /** Greatest encoded frame, in bytes: a payload with its header. */
  int MAX_ENCODED_BYTES = MAX_PAYLOAD_BYTES + 64;

  /** The first frame of the caller. */
  record Opening(Open open) implements WireFrame {}

  /** The first frame of the callee. */
  record Opened(int version) implements WireFrame {}

  /**
   * A message of the protocol.
   *
   * @param step protocol step, not negative
   * @param sequence position in its direction, from 0
   * @param payload the bytes are {@code payload[offset .. offset + length)}; on the way out they
   *     are borrowed
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; a copy is what this type avoids.
  record Data(int step, long sequence, byte[] payload, int offset, int length)
      implements WireFrame {}

  /** The other end gives up, and why. */
  record Aborted(String reason) implements WireFrame {}

  /** Bytes that are no frame; the lane that gets it dies. */
  record Malformed(String reason) implements WireFrame {}
}
