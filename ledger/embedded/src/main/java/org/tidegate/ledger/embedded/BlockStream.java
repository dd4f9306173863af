package org.tidegate.ledger.embedded;

import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Status;

/**
 * Sends a range of blocks to one reader, from a virtual thread, no faster than the reader takes
 * them.
 *
 * @param <R> the response type
 */
final class BlockStream<R> {
  private static final long POLL_MILLIS = 500;

  private final BlockSource source;
  private final InstantSource clock;
  private final ServerCallStreamObserver<R> out;
  private final Function<Block, R> ofBlock;
  private final Function<Status, R> ofStatus;
  private final Semaphore ready = new Semaphore(0);

  BlockStream(
      BlockSource source,
      InstantSource clock,
      ServerCallStreamObserver<R> out,
      Function<Block, R> ofBlock,
      Function<Status, R> ofStatus) {
    this.source = source;
    this.clock = clock;
    this.out = out;
    this.ofBlock = ofBlock;
    this.ofStatus = ofStatus;
  }

  /** To be the ready handler of the call: wakes the sender. */
  void wake() {
    ready.release();
  }

  /** Sends the blocks, then the status that ends the request; the stream stays open. */
  void send(SeekRequest request) {
    try {
      out.onNext(ofStatus.apply(pump(request)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!out.isCancelled()) {
        throw e;
      }
    }
  }

  private Status pump(SeekRequest request) throws InterruptedException {
    long next = request.start();
    while (!out.isCancelled()) {
      if (!source.gate().await(next, request.follow() ? POLL_MILLIS : 0)) {
        if (source.gate().isClosed()) {
          return Status.SERVICE_UNAVAILABLE;
        }
        if (!request.follow()) {
          return Status.NOT_FOUND;
        }
        continue;
      }
      if (!out.isReady()) {
        // The result does not matter: readiness is looked at again.
        boolean woken = ready.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (!woken && source.gate().isClosed()) {
          return Status.SERVICE_UNAVAILABLE;
        }
        continue;
      }
      ready.drainPermits();
      if (request.reader().certificate().getNotAfter().before(Date.from(clock.instant()))) {
        return Status.FORBIDDEN;
      }
      try {
        out.onNext(ofBlock.apply(source.read(next)));
      } catch (IOException e) {
        return source.gate().isClosed() ? Status.SERVICE_UNAVAILABLE : Status.INTERNAL_SERVER_ERROR;
      }
      if (next == request.stop()) {
        return Status.SUCCESS;
      }
      next++;
    }
    return Status.SERVICE_UNAVAILABLE;
  }
}
