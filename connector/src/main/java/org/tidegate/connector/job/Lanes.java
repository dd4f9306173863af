package org.tidegate.connector.job;

import java.time.Duration;
import java.util.Set;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.channel.Channel;

/** The pipes of one job to its peers. */
public interface Lanes extends AutoCloseable {
  /** Makes them. */
  @FunctionalInterface
  interface Source {
    /**
     * From now on the peers of the job may open lanes.
     *
     * @param timeAllowed every wait on a lane ends then
     */
    Lanes register(
        Digest jobId,
        Digest planDigest,
        Digest parametersDigest,
        Set<String> peers,
        Duration timeAllowed);
  }

  /** The lane of a label to a peer; both ends ask for the same. */
  Channel lane(String peer, String label);

  /** Kills every lane and tells the peers why. */
  void abort(String reason);

  @Override
  void close();
}
