package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.Identity;

/**
 * Puts transactions in order: collects what members broadcast into blocks. An envelope is answered
 * with SUCCESS once its block is synced, so what was acknowledged survives a crash.
 */
final class Orderer implements AutoCloseable {
  private static final int MAX_WAITING = 10_000;

  private record Waiting(ByteString envelope, CompletableFuture<BroadcastResponse> answer) {}

  private final ChannelConfig config;
  private final LedgerSettings settings;
  private final BatchLimits limits;
  private final OrderedChain chain;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final SecureRandom random = new SecureRandom();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable String trouble;

  Orderer(ChannelConfig config, LedgerSettings settings, BatchLimits limits, OrderedChain chain) {
    this.config = config;
    this.settings = settings;
    this.limits = limits;
    this.chain = chain;
    this.thread = Thread.ofPlatform().daemon().name("ledger-orderer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  OrderedChain chain() {
    return chain;
  }

  @Nullable String trouble() {
    return trouble;
  }

  /** Takes an envelope; the answer comes once its block is synced. Never blocks for long. */
  CompletableFuture<BroadcastResponse> broadcast(Envelope envelope) {
    BroadcastResponse refusal = check(envelope);
    if (refusal != null) {
      return CompletableFuture.completedFuture(refusal);
    }
    Waiting waiting = new Waiting(envelope.toByteString(), new CompletableFuture<>());
    if (closed || !queue.offer(waiting)) {
      return CompletableFuture.completedFuture(
          refused(
              Status.SERVICE_UNAVAILABLE,
              closed ? "the orderer is stopping" : "too many transactions wait; try again"));
    }
    if (closed) {
      failAll();
    }
    return waiting.answer();
  }

  private @Nullable BroadcastResponse check(Envelope envelope) {
    if (envelope.getSerializedSize() > limits.absoluteBytes()) {
      return refused(
          Status.REQUEST_ENTITY_TOO_LARGE,
          "message payload is "
              + envelope.getSerializedSize()
              + " bytes and exceeds maximum allowed "
              + limits.absoluteBytes()
              + " bytes");
    }
    try {
      Payload payload = Payload.parseFrom(envelope.getPayload());
      ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
      if (!header.getChannelId().equals(config.channel())) {
        return refused(Status.NOT_FOUND, "channel does not exist");
      }
      if (header.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
        return refused(
            Status.NOT_IMPLEMENTED,
            "this orderer takes endorser transactions only, not configuration");
      }
      Identity creator =
          config
              .members()
              .verify(
                  SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader()).getCreator(),
                  envelope.getPayload().toByteArray(),
                  envelope.getSignature(),
                  settings.clock().instant());
      if (!creator.isMember()) {
        return refused(
            Status.FORBIDDEN, "a certificate of the units " + creator.units() + " may not submit");
      }
      return null;
    } catch (InvalidProtocolBufferException e) {
      return refused(Status.BAD_REQUEST, "the envelope does not parse: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      return refused(Status.FORBIDDEN, "permission denied: " + e.getMessage());
    }
  }

  private static BroadcastResponse refused(Status status, String info) {
    return BroadcastResponse.newBuilder().setStatus(status).setInfo(info).build();
  }

  private void run() {
    @Nullable Waiting next = null;
    while (!closed) {
      try {
        next = cut(next == null ? queue.take() : next);
      } catch (InterruptedException e) {
        break;
      }
    }
    if (next != null) {
      next.answer().complete(refused(Status.SERVICE_UNAVAILABLE, "the orderer is stopping"));
    }
    failAll();
  }

  /** Collects and writes one block; returns what did not fit. */
  private @Nullable Waiting cut(Waiting first) throws InterruptedException {
    if (closed) {
      return first;
    }
    List<Waiting> batch = new ArrayList<>();
    batch.add(first);
    long bytes = first.envelope().size();
    @Nullable Waiting left = null;
    long deadline = System.nanoTime() + limits.timeout().toNanos();
    while (batch.size() < limits.maxCount() && left == null) {
      Waiting more = queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (more == null) {
        break;
      }
      bytes += more.envelope().size();
      if (bytes > limits.preferredBytes()) {
        left = more;
      } else {
        batch.add(more);
      }
    }
    write(batch);
    return left;
  }

  private void write(List<Waiting> batch) {
    byte[] nonce = new byte[24];
    random.nextBytes(nonce);
    BroadcastResponse answer;
    try {
      chain.append(batch.stream().map(Waiting::envelope).toList(), nonce);
      trouble = null;
      answer = BroadcastResponse.newBuilder().setStatus(Status.SUCCESS).build();
    } catch (IOException e) {
      trouble = "the orderer cannot write: " + e.getMessage();
      answer = refused(Status.INTERNAL_SERVER_ERROR, trouble);
    }
    for (Waiting waiting : batch) {
      waiting.answer().complete(answer);
    }
  }

  private void failAll() {
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      left.answer().complete(refused(Status.SERVICE_UNAVAILABLE, "the orderer is stopping"));
    }
  }

  @Override
  public void close() {
    closed = true;
    // Wakes the thread; a full queue keeps it awake anyway.
    queue.offer(new Waiting(ByteString.EMPTY, new CompletableFuture<>()));
    boolean interrupted = false;
    // No interrupt: it would close the file under a write.
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
