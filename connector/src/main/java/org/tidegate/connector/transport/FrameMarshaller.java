package org.tidegate.connector.transport;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.transport.WireFrame.Aborted;
import org.tidegate.connector.transport.WireFrame.Data;
import org.tidegate.connector.transport.WireFrame.Malformed;
import org.tidegate.connector.transport.WireFrame.Opened;
import org.tidegate.connector.transport.WireFrame.Opening;
import org.tidegate.proto.channel.v1.Abort;
import org.tidegate.proto.channel.v1.Frame;
import org.tidegate.proto.channel.v1.Open;

/**
 * Encodes and decodes {@link WireFrame} as {@code tidegate.channel.v1.Frame}, copying a payload
 * once each way: from the caller's array into the network's buffer, and back into an array of
 * exactly its length. Sizes are checked before anything is allocated. Bytes that are no frame
 * become {@link Malformed}, so that the lane dies with a reason and the connection lives.
 */
final class FrameMarshaller implements MethodDescriptor.Marshaller<WireFrame> {
  static final FrameMarshaller INSTANCE = new FrameMarshaller();

  private static final int MAX_REASON_CHARS = 500;

  private FrameMarshaller() {}

  @Override
  public InputStream stream(WireFrame frame) {
    return switch (frame) {
      case Data data -> new DataStream(data);
      case Opening opening -> control(Frame.newBuilder().setOpen(opening.open()).build());
      case Opened opened ->
          control(
              Frame.newBuilder()
                  .setOpened(
                      org.tidegate.proto.channel.v1.Opened.newBuilder()
                          .setProtocolVersion(opened.version()))
                  .build());
      case Aborted aborted ->
          control(
              Frame.newBuilder()
                  .setAbort(Abort.newBuilder().setReason(shorten(aborted.reason())))
                  .build());
      case Malformed malformed -> throw new IllegalArgumentException("not to be sent");
    };
  }

  @Override
  public WireFrame parse(InputStream stream) {
    try {
      if (stream.available() > WireFrame.MAX_ENCODED_BYTES) {
        return new Malformed(
            "a frame of "
                + stream.available()
                + " bytes; at most "
                + WireFrame.MAX_ENCODED_BYTES
                + " are allowed");
      }
      return read(CodedInputStream.newInstance(stream));
    } catch (InvalidProtocolBufferException e) {
      return new Malformed("a frame that cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WireFrame read(CodedInputStream in) throws IOException {
    int step = 0;
    long sequence = 0;
    byte[] payload = new byte[0];
    @Nullable WireFrame control = null;
    int tag = in.readTag();
    while (tag != 0) {
      switch (tag) {
        case Frame.STEP_FIELD_NUMBER << 3 -> step = in.readUInt32();
        case Frame.SEQUENCE_FIELD_NUMBER << 3 -> sequence = in.readUInt64();
        case Frame.PAYLOAD_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            payload = in.readByteArray();
        case Frame.OPEN_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          var open = Open.newBuilder();
          in.readMessage(open, ExtensionRegistryLite.getEmptyRegistry());
          control = new Opening(open.build());
        }
        case Frame.OPENED_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          var opened = org.tidegate.proto.channel.v1.Opened.newBuilder();
          in.readMessage(opened, ExtensionRegistryLite.getEmptyRegistry());
          control = new Opened(opened.getProtocolVersion());
        }
        case Frame.ABORT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          var abort = Abort.newBuilder();
          in.readMessage(abort, ExtensionRegistryLite.getEmptyRegistry());
          control = new Aborted(shorten(abort.getReason()));
        }
        default -> {
          return new Malformed("a frame with the unknown field " + (tag >>> 3));
        }
      }
      tag = in.readTag();
    }
    if (control != null) {
      return control;
    }
    if (payload.length > WireFrame.MAX_PAYLOAD_BYTES || step < 0 || sequence < 0) {
      return new Malformed("a frame with a field out of range");
    }
    return new Data(step, sequence, payload, 0, payload.length);
  }

  private static InputStream control(Frame frame) {
    return new ByteArrayInputStream(frame.toByteArray());
  }

  /** What a peer says goes into logs and messages: bounded, on one line. */
  private static String shorten(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + "…";
  }

  /** An encoded data frame: a header of at most 32 bytes, then the borrowed payload. */
  private static final class DataStream extends InputStream implements Drainable, KnownLength {
    private final Data data;
    private final byte[] header;
    private int position;

    DataStream(Data data) {
      this.data = data;
      this.header = header(data);
    }

    private static byte[] header(Data data) {
      byte[] buffer = new byte[32];
      CodedOutputStream out = CodedOutputStream.newInstance(buffer);
      try {
        out.writeUInt32(Frame.STEP_FIELD_NUMBER, data.step());
        out.writeUInt64(Frame.SEQUENCE_FIELD_NUMBER, data.sequence());
        out.writeTag(Frame.PAYLOAD_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(data.length());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Arrays.copyOf(buffer, buffer.length - out.spaceLeft());
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int total = available();
      int fromHeader = Math.max(0, header.length - position);
      target.write(header, header.length - fromHeader, fromHeader);
      int consumed = Math.max(0, position - header.length);
      target.write(data.payload(), data.offset() + consumed, data.length() - consumed);
      position = header.length + data.length();
      return total;
    }

    @Override
    public int available() {
      return header.length + data.length() - position;
    }

    @Override
    public int read() {
      if (available() == 0) {
        return -1;
      }
      int at = position++;
      byte value =
          at < header.length ? header[at] : data.payload()[data.offset() + at - header.length];
      return value & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (available() == 0) {
        return -1;
      }
      int count;
      if (position < header.length) {
        count = Math.min(length, header.length - position);
        System.arraycopy(header, position, target, offset, count);
      } else {
        int consumed = position - header.length;
        count = Math.min(length, data.length() - consumed);
        System.arraycopy(data.payload(), data.offset() + consumed, target, offset, count);
      }
      position += count;
      return count;
    }
  }
}
