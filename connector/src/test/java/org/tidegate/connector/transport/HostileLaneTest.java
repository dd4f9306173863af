package org.tidegate.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.proto.channel.v1.ChannelServiceGrpc;
import org.tidegate.proto.channel.v1.Frame;
import org.tidegate.proto.channel.v1.Open;
import org.tidegate.proto.channel.v1.Opened;

/**
 * A member whose node sends what no honest node sends, through the generated stub; which also shows
 * that our own marshaller and protobuf's agree on the wire.
 */
@Timeout(60)
class HostileLaneTest {
  private static final Step STEP = new Step(7, "seven");

  @TempDir Path directory;
  private TestSpace space;
  private JobLanes tax;
  private JobKey key;

  /** A raw call of bank's node to tax's channel service. */
  private final class Raw implements StreamObserver<Frame> {
    final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<Status> end = new CompletableFuture<>();
    final StreamObserver<Frame> out;

    Raw() {
      out = ChannelServiceGrpc.newStub(space.node("bank").connections().to("tax")).open(this);
    }

    Raw opened() throws InterruptedException {
      out.onNext(Frame.newBuilder().setOpen(open()).build());
      assertThat(frames.poll(10, TimeUnit.SECONDS))
          .isEqualTo(
              Frame.newBuilder()
                  .setOpened(Opened.newBuilder().setProtocolVersion(ProtocolVersion.CURRENT))
                  .build());
      return this;
    }

    @Override
    public void onNext(Frame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {
      end.complete(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    Status end() throws Exception {
      return end.get(10, TimeUnit.SECONDS);
    }
  }

  @BeforeEach
  void start() {
    space = new TestSpace(directory, "bank", "tax");
    key = TestSpace.job("hostile");
    tax = space.register("tax", key, "bank");
  }

  @AfterEach
  void stop() {
    space.close();
  }

  private Open.Builder open() {
    return Open.newBuilder()
        .setProtocolVersion(ProtocolVersion.CURRENT)
        .setJobId(ByteString.copyFrom(key.jobId().bytes()))
        .setPlanDigest(ByteString.copyFrom(key.planDigest().bytes()))
        .setParametersDigest(ByteString.copyFrom(key.parametersDigest().bytes()))
        .setLane("leg0");
  }

  private static Frame data(int step, long sequence, int bytes) {
    return Frame.newBuilder()
        .setStep(step)
        .setSequence(sequence)
        .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
        .build();
  }

  @Test
  void theWireFormatIsProtobufs() throws Exception {
    Raw raw = new Raw().opened();
    Channel channel = tax.accept("bank", "leg0");
    raw.out.onNext(data(7, 0, 3));
    raw.out.onNext(data(7, 1, 0));
    raw.out.onNext(data(7, 2, 1 << 20));
    assertThat(channel.receive(STEP, 3)).hasSize(3);
    assertThat(channel.receive(STEP, 3)).isEmpty();
    assertThat(channel.receive(STEP, 1 << 20)).hasSize(1 << 20);
    channel.send(STEP, new byte[] {1, 2, 3});
    channel.send(STEP, new byte[0]);
    assertThat(raw.frames.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            Frame.newBuilder()
                .setStep(7)
                .setPayload(ByteString.copyFrom(new byte[] {1, 2, 3}))
                .build());
    Frame second = raw.frames.poll(10, TimeUnit.SECONDS);
    assertThat(second).isNotNull();
    assertThat(second.getSequence()).isEqualTo(1);
    assertThat(second.getPayload()).isEmpty();
    raw.out.onCompleted();
    channel.close();
    assertThat(raw.end().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void framesOutOfOrderLostOrDoubledKillTheLane() throws Exception {
    long[][] orders = {{1}, {0, 2}, {0, 0}, {-1}};
    for (long[] order : orders) {
      key = TestSpace.job("order" + order.length + order[0] + order[order.length - 1]);
      JobLanes job = space.register("tax", key, "bank");
      Raw raw = new Raw().opened();
      Channel channel = job.accept("bank", "leg0");
      for (long sequence : order) {
        raw.out.onNext(data(7, sequence, 1));
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.receive(STEP, 1);
                }
              })
          .isInstanceOf(ProtocolAbortException.class);
      Frame abort = raw.frames.poll(10, TimeUnit.SECONDS);
      assertThat(abort).isNotNull();
      assertThat(abort.hasAbort()).isTrue();
      assertThat(raw.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }

  @Test
  void oversizedFramesAreRefusedAndTheConnectionLives() throws Exception {
    for (int bytes : new int[] {(1 << 20) + 1, (1 << 20) + 1000, 4 << 20, 20 << 20}) {
      key = TestSpace.job("oversized" + bytes);
      JobLanes job = space.register("tax", key, "bank");
      Raw raw = new Raw().opened();
      Channel channel = job.accept("bank", "leg0");
      raw.out.onNext(data(7, 0, bytes));
      assertThatThrownBy(() -> channel.receive(STEP, 1 << 20)).isInstanceOf(RuntimeException.class);
      assertThat(raw.end().isOk()).isFalse();
    }
    // Other lanes of the same connection do not notice.
    key = TestSpace.job("afterwards");
    Channel channel =
        acceptAfterOpening(space.register("tax", key, "bank"), new Raw().opened(), data(7, 0, 5));
    assertThat(channel.receive(STEP, 5)).hasSize(5);
  }

  private static Channel acceptAfterOpening(JobLanes job, Raw raw, Frame frame) {
    raw.out.onNext(frame);
    return job.accept("bank", "leg0");
  }

  @Test
  void unknownFieldsAndLateOpeningsAreMisbehaviour() throws Exception {
    Frame unknown =
        Frame.newBuilder()
            .setStep(7)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    Frame late = Frame.newBuilder().setOpen(open()).build();
    int run = 0;
    for (Frame frame : new Frame[] {unknown, late}) {
      key = TestSpace.job("unknown" + run++);
      JobLanes job = space.register("tax", key, "bank");
      Raw raw = new Raw().opened();
      Channel channel = job.accept("bank", "leg0");
      raw.out.onNext(frame);
      assertThatThrownBy(() -> channel.receive(STEP, 1)).isInstanceOf(ProtocolAbortException.class);
      assertThat(raw.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }

  @Test
  void aLaneBeginsWithAWellFormedOpening() throws Exception {
    Raw data = new Raw();
    data.out.onNext(data(7, 0, 1));
    assertThat(data.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

    Raw nothing = new Raw();
    nothing.out.onCompleted();
    assertThat(nothing.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

    Open[] malformed = {
      open().setJobId(ByteString.copyFrom(new byte[31])).build(),
      open().setPlanDigest(ByteString.EMPTY).build(),
      open().setParametersDigest(ByteString.copyFrom(new byte[33])).build(),
      open().setLane("").build(),
      open().setLane("../leg0").build(),
      open().setLane("leg0//a").build(),
      open().setLane("a".repeat(33)).build(),
      open().setLane("a/".repeat(200) + "a").build(),
    };
    for (Open open : malformed) {
      Raw raw = new Raw();
      raw.out.onNext(Frame.newBuilder().setOpen(open).build());
      assertThat(raw.end().getCode()).as("%s", open).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    Raw version = new Raw();
    version.out.onNext(
        Frame.newBuilder().setOpen(open().setProtocolVersion(ProtocolVersion.CURRENT + 1)).build());
    assertThat(version.end().getDescription())
        .contains("bank speaks protocol version " + (ProtocolVersion.CURRENT + 1));
  }

  @Test
  void aFloodOfLanesIsBounded() throws Exception {
    for (int i = 0; i < JobLanes.MAX_LANES_PER_PEER; i++) {
      Raw raw = new Raw();
      raw.out.onNext(Frame.newBuilder().setOpen(open().setLane("lane" + i)).build());
      assertThat(raw.frames.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    Raw one = new Raw();
    one.out.onNext(Frame.newBuilder().setOpen(open().setLane("more")).build());
    assertThat(one.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    tax.close();
  }
}
