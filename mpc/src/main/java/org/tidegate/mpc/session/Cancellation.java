package org.tidegate.mpc.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a run from another thread. Thread-safe. */
public final class Cancellation {
  private final List<Runnable> listeners = new ArrayList<>();
  private @Nullable String reason;

  /** Cancels: the run's channel is aborted with the reason, also one that starts later. */
  public void cancel(String why) {
    List<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      toRun = List.copyOf(listeners);
    }
    toRun.forEach(Runnable::run);
  }

  /** Why it was cancelled; null if it was not. */
  public synchronized @Nullable String reason() {
    return reason;
  }

  void onCancel(Runnable listener) {
    synchronized (this) {
      if (reason == null) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  synchronized void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
