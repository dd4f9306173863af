package org.tidegate.connector.rpc;

import java.nio.file.Path;
import org.tidegate.connector.job.JobListener;
import org.tidegate.connector.job.JobService;
import org.tidegate.connector.job.QueryRequest;

/**
 * What an institution's own people may ask of their node. Answers are JSON objects as in the
 * interface guide. Every method throws {@link AdminException} with a message for people.
 */
public interface Administration {
  /** Whose node this is. */
  String participant();

  /** Runs a statement; the answer is one result object, also when it was refused or broke off. */
  String query(QueryRequest request, JobListener listener, JobService.Cancel cancel);

  /**
   * Shows plan, protocol, parameters, leakage, cost and grants of a statement, without running it.
   */
  String explain(QueryRequest request);

  /** {@code jobId, state, history[{state,at}], outcome}. */
  String showJob(String jobId);

  /** Checks a product's file against its description and offers it to the space. */
  String publish(String productYaml, Path baseDir);

  /** All products of the space. */
  String listProducts();

  /** Writes grants to the ledger. */
  String putGrants(String grantsYaml);

  /** Ends a grant. */
  String revokeGrant(String grantId, String reason);

  /** All grants of the space, with the uses left. */
  String listGrants();

  /**
   * Reads or writes one of the ledger's other records.
   *
   * @param function what to do, such as {@code participant.list}
   * @param json its arguments
   */
  String record(String function, String json);

  /** Whether the node is ready, and what troubles it. */
  String status();

  /**
   * Hands out blocks and the signed heads, file by file.
   *
   * @param from the first block's number
   */
  void exportBlocks(long from, FileSink sink);

  /** Stops the node, soon after this returns. */
  void shutdown();

  /** Takes the files of an export. */
  @FunctionalInterface
  interface FileSink {
    /**
     * Takes one file; blocks while the reader is slow.
     *
     * @param name its path in the export
     */
    void file(String name, byte[] content);
  }
}
