package org.tidegate.connector.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.tidegate.connector.job.JobRole;
import org.tidegate.connector.job.JobState;
import org.tidegate.connector.job.JobStore;
import org.tidegate.ledger.records.Digest;

/** Commits as fast as it can and says each commit's number once it is acknowledged. */
final class StoreKillWriter {
  private StoreKillWriter() {}

  /**
   * @param arguments the database's URL, and the first number
   */
  public static void main(String[] arguments) {
    try (NodeDatabase database = NodeDatabase.open(arguments[0], 1, "database under test")) {
      JobStore jobs = new DatabaseJobStore(database, InstantSource.system());
      for (long number = Long.parseLong(arguments[1]); ; number++) {
        Digest job = job(number);
        jobs.propose(job, JobRole.OWNER, Instant.EPOCH, List.of());
        jobs.move(
            job,
            Set.of(JobState.PROPOSED),
            JobState.ACCEPTED,
            List.of(new JobStore.Document(JobStore.Kind.ACCEPTANCE, "me", "x".repeat(3_000))));
        System.out.println(number);
        System.out.flush();
      }
    }
  }

  static Digest job(long number) {
    return Digest.of(Long.toString(number).getBytes(StandardCharsets.UTF_8));
  }
}
