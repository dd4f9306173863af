package org.tidegate.ledger.client;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/**
 * Delivers blocks in order to one listener, from one virtual thread, over any number of streams.
 */
final class BlockFollower implements LedgerClient.Subscription {
  private static final long FIRST_WAIT_MILLIS = 50;
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final Network network;
  private final LedgerClient.BlockListener listener;
  private final Consumer<BlockFollower> onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;

  private long next;
  private boolean closed;
  private @Nullable CloseableIterator<Block> stream;

  BlockFollower(
      Network network,
      long from,
      LedgerClient.BlockListener listener,
      Consumer<BlockFollower> onEnd) {
    this.network = network;
    this.next = from;
    this.listener = listener;
    this.onEnd = onEnd;
    this.thread = Thread.ofVirtual().name("ledger-follower").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long wait = FIRST_WAIT_MILLIS;
    try {
      while (true) {
        long before = next;
        try (CloseableIterator<Block> blocks = open()) {
          while (blocks.hasNext()) {
            if (!deliver(blocks.next())) {
              return;
            }
          }
        } catch (GatewayRuntimeException lost) {
          // The peer is gone or closed the stream: open a new one from the next block on.
        }
        wait = next > before ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        Thread.sleep(wait);
        if (isClosed()) {
          return;
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      onEnd.accept(this);
    }
  }

  private CloseableIterator<Block> open() {
    CloseableIterator<Block> opened =
        network.newBlockEventsRequest().startBlock(next).build().getEvents();
    lock.lock();
    try {
      stream = opened;
      if (closed) {
        opened.close();
      }
    } finally {
      lock.unlock();
    }
    return opened;
  }

  private boolean deliver(Block block) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      listener.onBlock(block);
      next = block.getHeader().getNumber() + 1;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    CloseableIterator<Block> open;
    lock.lock();
    try {
      closed = true;
      open = stream;
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.close();
    }
    thread.interrupt();
  }
}
