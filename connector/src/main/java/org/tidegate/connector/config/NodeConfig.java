package org.tidegate.connector.config;

import java.time.Duration;

/**
 * A node's configuration, checked.
 *
 * @param listen where the node listens
 * @param data limits on local data
 * @param compute threads
 * @param planning what plans are estimated with
 * @param security strength of the protocols
 * @param policy what this owner insists on
 * @param jobs times and numbers of jobs
 * @param store where the state lies
 * @param ledger which ledger the node stands on
 */
public record NodeConfig(
    ListenAddress listen,
    Data data,
    Compute compute,
    Planning planning,
    Security security,
    Policy policy,
    Jobs jobs,
    Store store,
    Ledger ledger) {

  /**
   * Limits on local data.
   *
   * @param memoryBytes memory of the local SQL engine
   * @param maxRows most rows brought into one job
   * @param maxResultRows most rows of an answer
   */
  public record Data(long memoryBytes, int maxRows, int maxResultRows) {}

  /**
   * Threads.
   *
   * @param workers kernel threads, at least 1
   */
  public record Compute(int workers) {}

  /**
   * What plans are estimated with; stands in the proposals of this node.
   *
   * @param lineMegabits the line to the peers, in 10^6 bits a second
   */
  public record Planning(int lineMegabits) {}

  /**
   * Strength of the protocols; never below the floors.
   *
   * @param paillierBits size of the modulus
   * @param statisticalBits λ
   */
  public record Security(int paillierBits, int statisticalBits) {}

  /**
   * What this owner insists on.
   *
   * @param minimumGroup fewest data subjects in an answered group; 1: no minimum
   */
  public record Policy(int minimumGroup) {}

  /**
   * Times and numbers of jobs.
   *
   * @param timeout from proposal to expiry
   * @param maxTimeout longest expiry accepted from others
   * @param peerTimeout how long a peer may be silent
   * @param concurrent jobs computed at a time
   */
  public record Jobs(Duration timeout, Duration maxTimeout, Duration peerTimeout, int concurrent) {}

  /**
   * Where the state lies.
   *
   * @param url {@code embedded}, or a JDBC URL
   */
  public record Store(String url) {}

  /**
   * Which ledger the node stands on.
   *
   * @param url {@code embedded}, or {@code grpcs://host:port}
   */
  public record Ledger(String url) {
    /** Whether the node carries the ledger itself. */
    public boolean isEmbedded() {
      return url.equals("embedded");
    }
  }

  static NodeConfig of(Values values) {
    int workers = values.get(Knobs.WORKERS);
    return new NodeConfig(
        values.get(Knobs.LISTEN),
        new Data(
            values.get(Knobs.DATA_MEMORY),
            values.get(Knobs.DATA_ROWS),
            values.get(Knobs.RESULT_ROWS)),
        new Compute(workers == 0 ? Runtime.getRuntime().availableProcessors() : workers),
        new Planning(values.get(Knobs.LINE_MEGABITS)),
        new Security(values.get(Knobs.PAILLIER_BITS), values.get(Knobs.STATISTICAL_BITS)),
        new Policy(values.get(Knobs.MINIMUM_GROUP)),
        new Jobs(
            values.get(Knobs.JOB_TIMEOUT),
            values.get(Knobs.JOB_MAX_TIMEOUT),
            values.get(Knobs.PEER_TIMEOUT),
            values.get(Knobs.CONCURRENT_JOBS)),
        new Store(values.get(Knobs.STORE_URL)),
        new Ledger(values.get(Knobs.LEDGER_URL)));
  }

  /** Gives each knob its value, from the file or by default. */
  interface Values {
    <T> T get(Knob<T> knob);
  }
}
