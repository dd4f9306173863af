package org.tidegate.connector.job;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tidegate.ledger.records.Digest;

/** This node's side of one job with its inputs read: committed to, and ready to run once. */
public interface Computation extends AutoCloseable {
  /** The code of {@link #failure}; a refusal with it, at the start, counts as a use. */
  String FAILED = "source.failed";

  /** Makes computations. */
  @FunctionalInterface
  interface Factory {
    /**
     * Reads this node's inputs of a plan and commits to them and to its randomness.
     *
     * <p>What fails because of rows that are not the recipient's does not fail here: whether it
     * does may tell something about one row. It is kept as {@link #failure}.
     *
     * @param minimumGroup fewest data subjects in a group that this node takes part in answering
     * @param stopped once true, nobody waits for the inputs any more
     * @throws JobException if the inputs cannot be read or exceed a limit
     */
    Computation prepare(JobPlan plan, long minimumGroup, BooleanSupplier stopped);
  }

  /**
   * What came out.
   *
   * @param result the answer, at the recipient only
   */
  record Output(Optional<ResultTable> result) {}

  /** Salted commitments to the inputs and the randomness, in the plan's order. */
  List<Digest> commitments();

  /** JSON that opens the commitments to an auditor; secret. */
  String opening();

  /**
   * Why this node cannot take part after all, told where it costs a use; then {@link #run} is never
   * called.
   */
  Optional<JobException> failure();

  /**
   * Runs the protocol.
   *
   * @param gate to be passed before the first frame that reveals is handed to the network, a
   *     refusal that depends on the data among them
   * @throws JobException refused; a refusal that depends on the data ({@code group.tooSmall}) says
   *     that its use counts
   * @throws RuntimeException if it broke off
   */
  Output run(JobChannels channels, RevealGate gate, JobListener listener);

  /** Forgets inputs and randomness. */
  @Override
  void close();

  /** Stands before the first revealing frame. */
  @FunctionalInterface
  interface RevealGate {
    /**
     * Returns once the reveal journal holds the job, on disk.
     *
     * @throws JobException if the job was aborted before; then nothing may be revealed
     */
    void pass();
  }
}
