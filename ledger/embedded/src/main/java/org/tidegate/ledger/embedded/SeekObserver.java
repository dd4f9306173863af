package org.tidegate.ledger.embedded;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.tidegate.ledger.audit.block.ChannelConfig;

/**
 * The reader's side of a Deliver call: each envelope asks for a range, answered one after the
 * other.
 *
 * @param <R> the response type
 */
final class SeekObserver<R> implements StreamObserver<Envelope> {
  private final BlockSource source;
  private final ChannelConfig config;
  private final InstantSource clock;
  private final StreamObserver<R> out;
  private final Function<Status, R> ofStatus;
  private final BlockStream<R> stream;
  // Ranges of one call are answered in order.
  private final ReentrantLock order = new ReentrantLock(true);

  SeekObserver(
      BlockSource source,
      ChannelConfig config,
      InstantSource clock,
      StreamObserver<R> out,
      Function<Block, R> ofBlock,
      Function<Status, R> ofStatus) {
    this.source = source;
    this.config = config;
    this.clock = clock;
    this.out = out;
    this.ofStatus = ofStatus;
    ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) out;
    stream = new BlockStream<>(source, clock, call, ofBlock, ofStatus);
    call.setOnReadyHandler(stream::wake);
    call.setOnCancelHandler(stream::wake);
  }

  @Override
  public void onNext(Envelope envelope) {
    Thread.ofVirtual().name("ledger-deliver").start(() -> answer(envelope));
  }

  private void answer(Envelope envelope) {
    order.lock();
    try {
      stream.send(SeekRequest.parse(envelope, config, source.gate().height(), clock.instant()));
    } catch (SeekRequest.Refused e) {
      out.onNext(ofStatus.apply(e.status()));
    } finally {
      order.unlock();
    }
  }

  @Override
  public void onError(Throwable error) {
    stream.wake();
  }

  @Override
  public void onCompleted() {
    Thread.ofVirtual()
        .start(() -> {
          order.lock();
          try {
            out.onCompleted();
          } finally {
            order.unlock();
          }
        });
  }
}
