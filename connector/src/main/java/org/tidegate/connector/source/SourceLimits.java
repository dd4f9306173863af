package org.tidegate.connector.source;

/**
 * What one DuckDB instance may take.
 *
 * @param memoryMebibytes of memory
 * @param threads at once
 */
public record SourceLimits(int memoryMebibytes, int threads) {
  /** 2 GiB, two threads. */
  public static final SourceLimits DEFAULTS = new SourceLimits(2048, 2);

  /** Checks the ranges. */
  public SourceLimits {
    if (memoryMebibytes < 64 || threads < 1) {
      throw new IllegalArgumentException(
          "DuckDB needs at least 64 MiB and one thread, not "
              + memoryMebibytes
              + " MiB and "
              + threads);
    }
  }
}
