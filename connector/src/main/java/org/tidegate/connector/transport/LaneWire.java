package org.tidegate.connector.transport;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.tidegate.proto.channel.v1.ChannelServiceGrpc;

/** What both ends of a lane have in common. */
final class LaneWire {
  /** The generated method with our marshaller in place of protobuf's. */
  static final MethodDescriptor<WireFrame, WireFrame> METHOD =
      ChannelServiceGrpc.getOpenMethod().toBuilder(
              FrameMarshaller.INSTANCE, FrameMarshaller.INSTANCE)
          .build();

  /**
   * Bytes that may wait in the network's buffers before a sender waits: keeps the line full, bounds
   * memory.
   */
  static final int SEND_AHEAD_BYTES = 2 * WireFrame.MAX_PAYLOAD_BYTES;

  /** How long a reason for giving up may take to reach a peer that does not read. */
  static final long ABORT_GRACE_SECONDS = 2;

  /** How long an end that is done waits for the other. */
  static final long CLOSE_GRACE_SECONDS = 30;

  private LaneWire() {}

  static String broken(String name, String peer, Status status) {
    String detail = status.getDescription();
    return "the connection under "
        + name
        + " broke ("
        + (detail == null ? status.getCode() : detail)
        + "). Is the node of "
        + peer
        + " still running?";
  }
}
