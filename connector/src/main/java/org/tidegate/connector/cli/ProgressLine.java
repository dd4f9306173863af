package org.tidegate.connector.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Progress on one line that is drawn over, on a terminal; elsewhere one line a phase, so that logs
 * stay readable.
 */
public final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 50_000_000L;

  private final PrintStream err;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private @Nullable String phase;
  private long drawn;

  /**
   * @param err where to draw
   */
  public ProgressLine(PrintStream err) {
    this.err = err;
  }

  /**
   * Shows how far a phase is.
   *
   * @param done steps done
   * @param total steps in all, or 0 where that is not known
   */
  public void update(String name, long done, long total) {
    boolean changed = !name.equals(phase);
    if (changed && phase != null && terminal) {
      err.println();
    }
    phase = name;
    if (!terminal) {
      if (changed) {
        err.println("  " + name);
      }
      return;
    }
    long now = System.nanoTime();
    if (!changed && done < total && now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    int filled = total <= 0 ? 0 : (int) Math.min(WIDTH, done * WIDTH / total);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    err.printf("\r  %-28s %s %s", name, bar, total <= 0 ? "" : done * 100 / total + " %");
    err.flush();
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (terminal && phase != null) {
      err.println();
    }
    phase = null;
  }
}
