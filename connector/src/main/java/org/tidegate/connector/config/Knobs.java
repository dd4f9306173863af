package org.tidegate.connector.config;

import java.time.Duration;
import java.util.List;

/** Every key of the configuration file, in the file's order. */
public final class Knobs {
  /** Where the node listens. */
  public static final Knob<ListenAddress> LISTEN =
      new Knob<>(
          "node.listen",
          KnobClass.LOCAL,
          "auto",
          "Address and port the node listens on; auto: the endpoint given to `tidegate init`.",
          "auto, or host:port",
          ListenAddress::parse);

  /** Memory of the local SQL engine. */
  public static final Knob<Long> DATA_MEMORY =
      Knob.bytes(
          "data.memory",
          KnobClass.LOCAL,
          "512MiB",
          64L << 20,
          1024L << 30,
          "Memory the local SQL engine may use over this node's own files.");

  /** Rows a fragment may have. */
  public static final Knob<Integer> DATA_ROWS =
      Knob.integer(
          "data.maxRows",
          KnobClass.LOCAL,
          4_000_000,
          1,
          100_000_000,
          "Most rows (distinct keys) this node brings into one job.");

  /** Rows an answer may have. */
  public static final Knob<Integer> RESULT_ROWS =
      Knob.integer(
          "data.maxResultRows",
          KnobClass.LOCAL,
          1_000_000,
          1,
          10_000_000,
          "Most rows of an answer that this node receives.");

  /** The line to the peers. */
  public static final Knob<Integer> LINE_MEGABITS =
      Knob.integer(
          "planning.lineMegabits",
          KnobClass.AGREED,
          100,
          1,
          1_000_000,
          "Speed of the line to the peers, in 10^6 bits a second; stands in this node's proposals,"
              + " and protocols are chosen by it.");

  /** Kernel threads. */
  public static final Knob<Integer> WORKERS =
      Knob.integer(
          "compute.workers",
          KnobClass.LOCAL,
          0,
          0,
          1_024,
          "Threads for cryptographic kernels; 0: as many as there are processors.");

  /** Paillier modulus. */
  public static final Knob<Integer> PAILLIER_BITS =
      Knob.integer(
          "security.paillierBits",
          KnobClass.SECURITY,
          3072,
          3072,
          4096,
          "Size of the Paillier modulus, in bits; 3072 gives 128-bit security.");

  /** Statistical security. */
  public static final Knob<Integer> STATISTICAL_BITS =
      Knob.integer(
          "security.statisticalBits",
          KnobClass.SECURITY,
          40,
          40,
          128,
          "Statistical security (lambda), in bits: how far masks exceed what they hide.");

  /** Least minimum group. */
  public static final Knob<Integer> MINIMUM_GROUP =
      Knob.integer(
          "policy.minimumGroup",
          KnobClass.LOCAL,
          1,
          1,
          1_000_000_000,
          "Fewest data subjects in a group this node takes part in answering, whatever a grant"
              + " says; 1: no minimum.");

  /** How long a proposal stands. */
  public static final Knob<Duration> JOB_TIMEOUT =
      Knob.duration(
          "jobs.timeout",
          KnobClass.AGREED,
          "30m",
          Duration.ofSeconds(5),
          Duration.ofDays(1),
          "Time from a proposal to its expiry. A job that broke off after something was revealed is"
              + " settled then, and its use counts.");

  /** Longest expiry accepted from others. */
  public static final Knob<Duration> JOB_MAX_TIMEOUT =
      Knob.duration(
          "jobs.maxTimeout",
          KnobClass.LOCAL,
          "1d",
          Duration.ofSeconds(5),
          Duration.ofDays(7),
          "Proposals of others that expire later than this from now are refused.");

  /** How long a peer may be silent. */
  public static final Knob<Duration> PEER_TIMEOUT =
      Knob.duration(
          "jobs.peerTimeout",
          KnobClass.LOCAL,
          "2m",
          Duration.ofSeconds(1),
          Duration.ofHours(6),
          "How long a peer may take to answer one request or to send the next frame.");

  /** Jobs at a time. */
  public static final Knob<Integer> CONCURRENT_JOBS =
      Knob.integer(
          "jobs.concurrent",
          KnobClass.LOCAL,
          4,
          1,
          256,
          "Jobs this node computes at a time; more wait.");

  /** Where the state lies. */
  public static final Knob<String> STORE_URL =
      Knob.text(
          "store.url",
          KnobClass.LOCAL,
          "embedded",
          "embedded, or jdbc:postgresql://host:port/database?user=...",
          "Where jobs and agreements are kept; embedded: a file in this home.",
          text -> {
            if (!text.equals("embedded") && !text.startsWith("jdbc:postgresql:")) {
              throw new IllegalArgumentException("'" + text + "' does not fit");
            }
            return text;
          });

  /** Which ledger the node stands on. */
  public static final Knob<String> LEDGER_URL =
      Knob.text(
          "ledger.url",
          KnobClass.LOCAL,
          "embedded",
          "embedded, or grpcs://host:port",
          "The ledger; embedded: in this node. Otherwise the gateway of this participant's own"
              + " Fabric peer, whose TLS certificate its own authority has issued.",
          text -> {
            if (!text.equals("embedded") && !text.matches("grpcs://[^/:\\s]+:\\d{1,5}")) {
              throw new IllegalArgumentException("'" + text + "' does not fit");
            }
            return text;
          });

  /** All of them. */
  public static final List<Knob<?>> ALL =
      List.of(
          LISTEN,
          DATA_MEMORY,
          DATA_ROWS,
          RESULT_ROWS,
          LINE_MEGABITS,
          WORKERS,
          PAILLIER_BITS,
          STATISTICAL_BITS,
          MINIMUM_GROUP,
          JOB_TIMEOUT,
          JOB_MAX_TIMEOUT,
          PEER_TIMEOUT,
          CONCURRENT_JOBS,
          STORE_URL,
          LEDGER_URL);

  private Knobs() {}
}
