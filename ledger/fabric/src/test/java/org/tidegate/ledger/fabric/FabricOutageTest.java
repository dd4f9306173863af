package org.tidegate.ledger.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.Reservation;

/** Processes of a real network killed while the space works. */
@Tag("long")
@EnabledIf(value = "isFound", disabledReason = "no peer and orderer of Fabric were found")
class FabricOutageTest {
  static boolean isFound() {
    return FabricReleases.ofLine("").isPresent();
  }

  @Test
  void theSpaceGoesOnAndLosesNothing() throws Exception {
    TestSpace space = new TestSpace();
    FabricBinaries binaries = FabricReleases.ofLine("").orElseThrow();
    try (RealNetwork network = new RealNetwork(space, binaries)) {
      TestJobs jobs = new TestJobs(space, network);
      jobs.prepare();
      List<Reservation> done = new ArrayList<>();
      settle(network, jobs, done);
      // A member that is not concerned is away: the others are a majority.
      network.kill("peer-trade");
      network.kill("contract-trade");
      settle(network, jobs, done);
      network.startAgain();
      settle(network, jobs, done);
      // The contract of a member that takes part; its peer finds the new process by itself.
      network.kill("contract-tax");
      network.startAgain();
      settle(network, jobs, done);
      network.kill("orderer");
      network.startAgain();
      settle(network, jobs, done);
      network.level();
      for (String member : space.names()) {
        assertThat(done)
            .as("as %s sees them", member)
            .allSatisfy(job ->
                assertThat(network.client(member).job(job.jobId()).orElseThrow().state())
                    .isEqualTo(JobRecord.State.SETTLED));
      }
      AuditReport report = network.audit(network.export());
      assertThat(report.findings()).isEmpty();
      assertThat(report.balances().stream().mapToLong(balance -> balance.used()).sum())
          .isEqualTo(done.stream().mapToLong(job -> job.uses().size()).sum());
    }
  }

  private static void settle(RealNetwork network, TestJobs jobs, List<Reservation> done) {
    Reservation job = jobs.reserved();
    Stream.of("tax", "bank").forEach(party -> jobs.write(jobs.receipt(job, party)));
    assertThat(network.client("bank").settle(job.jobId()).uses()).isEqualTo(job.uses());
    done.add(job);
  }
}
