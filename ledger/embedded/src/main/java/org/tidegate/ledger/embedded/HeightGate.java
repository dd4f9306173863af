package org.tidegate.ledger.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets threads wait for a chain to grow. */
final class HeightGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long height;
  private boolean closed;

  void set(long newHeight) {
    lock.lock();
    try {
      height = newHeight;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  long height() {
    lock.lock();
    try {
      return height;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the height is above {@code number}, the gate is closed, or the time is over. */
  boolean await(long number, long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (height <= number && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return height > number;
    } finally {
      lock.unlock();
    }
  }
}
