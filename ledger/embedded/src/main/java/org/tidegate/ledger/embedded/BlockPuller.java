package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.ChannelConfig;

/**
 * Fetches blocks from the orderer and commits them, one after the other, for as long as the node
 * runs: whatever was missed during an outage of either side is fetched first. A block that does not
 * verify is never committed; the orderer is asked again, in case it comes to its senses.
 */
final class BlockPuller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BlockPuller.class.getName());
  private static final long FIRST_WAIT_MILLIS = 50;
  private static final long LONGEST_WAIT_MILLIS = 2_000;
  private static final int NONCE_BYTES = 24;

  private final LedgerSettings settings;
  private final ChannelConfig config;
  private final CommittedChain chain;
  private final NodeIdentity self;
  private final @Nullable OrderedChain local;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private final Thread thread;

  private Context.@Nullable CancellableContext call;
  private boolean closed;
  private volatile @Nullable String trouble;

  /**
   * @param local the orderer's chain where this node orders: then there is no network between
   */
  BlockPuller(
      LedgerSettings settings,
      ChannelConfig config,
      CommittedChain chain,
      NodeIdentity self,
      @Nullable OrderedChain local) {
    this.settings = settings;
    this.config = config;
    this.chain = chain;
    this.self = self;
    this.local = local;
    this.thread = Thread.ofPlatform().daemon().name("ledger-peer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What keeps this peer from following, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  private void run() {
    long wait = FIRST_WAIT_MILLIS;
    while (!isClosed()) {
      long before = chain.gate().height();
      try {
        if (local != null) {
          follow(local);
        } else {
          pull();
        }
      } catch (BlockFormatException e) {
        report(
            "the orderer '"
                + settings.orderer()
                + "' sent a block that does not verify, which"
                + " this node refuses: "
                + e.getMessage());
      } catch (IOException e) {
        report(
            "the ledger cannot be written: " + e.getMessage() + "; free space or repair the disk");
      } catch (StatusRuntimeException e) {
        if (!isClosed()) {
          report(
              "the orderer '"
                  + settings.orderer()
                  + "' cannot be reached: "
                  + describe(e.getStatus()));
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "following the orderer failed", e);
        report("following the orderer failed: " + e);
      }
      boolean advanced = chain.gate().height() > before;
      wait = advanced ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
      pause(wait);
    }
  }

  private void follow(OrderedChain source) throws IOException, BlockFormatException {
    while (!isClosed() && !source.gate().isClosed()) {
      long next = chain.gate().height();
      try {
        if (source.gate().await(next, FIRST_WAIT_MILLIS)) {
          commit(source.read(next));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void pull() throws IOException, BlockFormatException {
    Context.CancellableContext context = Context.ROOT.withCancellation();
    lock.lock();
    try {
      if (closed) {
        context.close();
        return;
      }
      call = context;
    } finally {
      lock.unlock();
    }
    Context previous = context.attach();
    try {
      Iterator<DeliverResponse> responses =
          DeliverCall.open(settings.peers().apply(settings.orderer()), seek());
      while (responses.hasNext()) {
        DeliverResponse response = responses.next();
        if (!response.hasBlock()) {
          report(
              "the orderer '"
                  + settings.orderer()
                  + "' ended the delivery: "
                  + response.getStatus());
          return;
        }
        commit(response.getBlock());
      }
    } finally {
      context.detach(previous);
      context.close();
    }
  }

  private void commit(Block block) throws IOException, BlockFormatException {
    chain.commit(block);
    trouble = null;
  }

  private Envelope seek() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Instant now = settings.clock().instant();
    Header header =
        Header.newBuilder()
            .setChannelHeader(
                ChannelHeader.newBuilder()
                    .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                    .setChannelId(config.channel())
                    .setTimestamp(
                        Timestamp.newBuilder()
                            .setSeconds(now.getEpochSecond())
                            .setNanos(now.getNano()))
                    .build()
                    .toByteString())
            .setSignatureHeader(
                SignatureHeader.newBuilder()
                    .setCreator(self.serialized())
                    .setNonce(ByteString.copyFrom(nonce))
                    .build()
                    .toByteString())
            .build();
    SeekInfo seek =
        SeekInfo.newBuilder()
            .setStart(position(chain.gate().height()))
            .setStop(position(Long.MAX_VALUE))
            .setBehavior(SeekInfo.SeekBehavior.BLOCK_UNTIL_READY)
            .build();
    ByteString payload =
        Payload.newBuilder().setHeader(header).setData(seek.toByteString()).build().toByteString();
    return Envelope.newBuilder().setPayload(payload).setSignature(self.sign(payload)).build();
  }

  private static SeekPosition position(long number) {
    return SeekPosition.newBuilder()
        .setSpecified(SeekSpecified.newBuilder().setNumber(number))
        .build();
  }

  private static String describe(Status status) {
    return status.getCode()
        + (status.getDescription() == null ? "" : " (" + status.getDescription() + ")");
  }

  private void report(String what) {
    if (!what.equals(trouble)) {
      LOG.log(System.Logger.Level.WARNING, what);
    }
    trouble = what;
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long millis) {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && nanos > 0) {
        nanos = stopping.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the block that is being committed. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (call != null) {
        call.cancel(null);
      }
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
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
