package org.tidegate.ledger.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Reservation;

/** An honest chain of many jobs in large blocks, written as an export while it is made. */
final class LongChain {
  static final int TRANSACTIONS_A_JOB = 4;
  private static final int JOBS_A_BLOCK = 200;
  private static final int JOBS_A_GRANT = 1_000;

  final TestSpace space = new TestSpace();
  private final DraftChain chain = new DraftChain(space);
  private final TestJobs jobs = new TestJobs(space, chain);
  private final LedgerExport export;

  /** Makes {@code count} jobs, each of four transactions. */
  LongChain(LedgerExport export, int count) throws IOException {
    this.export = export;
    jobs.prepare();
    for (var block : chain.blocks()) {
      export.write(block);
    }
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i * JOBS_A_GRANT < count; i++) {
      Grant pattern = jobs.grant("grant-" + i, JOBS_A_GRANT);
      grants.add(
          new Grant(
              pattern.id(),
              pattern.owner(),
              pattern.product(),
              pattern.productDigest(),
              pattern.columns(),
              pattern.purpose(),
              pattern.recipients(),
              pattern.from(),
              pattern.from().plus(Duration.ofDays(300)),
              pattern.count(),
              pattern.minimumGroup()));
    }
    write(
        grants.stream()
            .map(grant ->
                new DraftChain.Call("tax", "putGrant", space.get("tax").grant(grant).toJson()))
            .toList());
    for (int from = 0; from < count; from += JOBS_A_BLOCK) {
      int first = from;
      run(
          IntStream.range(from, Math.min(count, from + JOBS_A_BLOCK))
              .parallel()
              .mapToObj(i ->
                  jobs.reservation(
                      jobs.sign(jobs.proposal(grants.get(first / JOBS_A_GRANT))),
                      i % JOBS_A_GRANT + 1))
              .toList());
    }
    export.write(chain.heads(chain.blocks(), List.of("bank", "tax")));
  }

  private void run(List<Reservation> reserved) throws IOException {
    write(
        reserved.stream()
            .map(job -> new DraftChain.Call("bank", "reserve", job.toJson()))
            .toList());
    write(
        reserved.parallelStream()
            .flatMap(job -> List.of("bank", "tax").stream().map(name -> receipt(job, name)))
            .toList());
    write(
        reserved.stream()
            .map(job ->
                new DraftChain.Call(
                    "bank", "settle", JsonObject.builder().put("jobId", job.jobId()).build()))
            .toList());
    chain.pass(Duration.ofMinutes(20));
  }

  private DraftChain.Call receipt(Reservation job, String name) {
    return new DraftChain.Call(
        name, "receipt", space.get(name).sign(jobs.receipt(job, name)).toJson());
  }

  private void write(List<DraftChain.Call> calls) throws IOException {
    export.write(chain.submitAll(calls));
    chain.forget();
    chain.pass(Duration.ofSeconds(20));
  }
}
