package org.tidegate.mpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of platform threads for kernels. Work is a range of items, split into fixed
 * pieces: which thread does a piece never changes its result. Shared by all runs of a process.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService pool;
  private final int threads;

  private Workers(ExecutorService pool, int threads) {
    this.pool = pool;
    this.threads = threads;
  }

  /**
   * A pool of its own.
   *
   * @param threads at least 1
   */
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a pool has at least one thread, not " + threads);
    }
    AtomicInteger number = new AtomicInteger();
    return new Workers(
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "mpc-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            }),
        threads);
  }

  /** How many threads. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code task} over [0, items) in pieces of at most {@code pieceItems}, and waits for all.
   * If pieces fail, the failure of one is thrown after all have ended.
   */
  public void forRange(int items, int pieceItems, RangeTask task) {
    if (items <= 0) {
      return;
    }
    int pieces = (items - 1) / pieceItems + 1;
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    int runners = Math.min(threads, pieces);
    CountDownLatch done = new CountDownLatch(runners);
    List<Runnable> tasks = new ArrayList<>();
    for (int r = 0; r < runners; r++) {
      tasks.add(() -> {
        try {
          int piece = next.getAndIncrement();
          while (piece < pieces && failure.get() == null) {
            int from = piece * pieceItems;
            task.run(from, Math.min(items, from + pieceItems));
            piece = next.getAndIncrement();
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          done.countDown();
        }
      });
    }
    tasks.forEach(pool::execute);
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new IllegalStateException("interrupted", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.shutdown();
  }

  /** Works on the items [from, to). */
  @FunctionalInterface
  public interface RangeTask {
    /** Must not touch what belongs to other items. */
    void run(int from, int to);
  }
}
