package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.TestCertificates;
import org.tidegate.ledger.records.Signatures;

/** A long chain is audited as a stream: in a minute, and in memory that blocks do not fill. */
class LongChainTest {
  private static final int RECORDS = 100_000;
  private static final int HEAP_MEGABYTES = 192;
  private static final int MOST_SECONDS = 400;

  @Test
  void manyJobsHold(@TempDir Path directory) throws IOException {
    int count = 250;
    LedgerExport export = LedgerExport.create(directory.resolve("export"));
    LongChain chain = new LongChain(export, count);
    AuditReport report = new LedgerAudit(export, chain.space.root(), Optional.empty(), 2).report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.balances()).hasSize(1);
    assertThat(report.balances().getFirst().used()).isEqualTo(count);
    assertThat(report.usage()).hasSize(1);
    assertThat(report.heads()).hasSize(2).allMatch(head -> head.holds());
  }

  @Test
  @Tag("long")
  void aHundredThousandRecordsHoldInASmallHeap(@TempDir Path directory) throws Exception {
    LedgerExport export = LedgerExport.create(directory.resolve("export"));
    LongChain chain = new LongChain(export, RECORDS / LongChain.TRANSACTIONS_A_JOB);
    Path root = directory.resolve("root.pem");
    Files.writeString(root, TestCertificates.pem(chain.space.root()));
    Path answer = directory.resolve("answer");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Auditor.class.getName(),
                export.directory().toString(),
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    try {
      assertThat(process.waitFor(MOST_SECONDS + 60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(answer);
    assertThat(process.exitValue()).as(said).isZero();
    List<String> figures = said.lines().toList();
    System.out.println("audit of " + RECORDS + " records: " + figures);
    assertThat(figures.getFirst()).isEqualTo("findings 0");
    double seconds = Double.parseDouble(figures.get(1).substring("seconds ".length()));
    // A bound for a machine that does much else; docs/performance.md has what was measured.
    assertThat(seconds).isLessThan(MOST_SECONDS);
  }

  /** The process that audits: findings, seconds, and the most memory that was live. */
  static final class Auditor {
    private Auditor() {}

    public static void main(String[] arguments) throws IOException {
      long started = System.nanoTime();
      AuditReport report =
          new LedgerAudit(
                  new LedgerExport(Path.of(arguments[0])),
                  Signatures.certificate(
                      "the root",
                      Files.readString(Path.of(arguments[1]), StandardCharsets.US_ASCII)),
                  Optional.empty())
              .report();
      System.out.println("findings " + report.findings().size());
      System.out.printf("seconds %.1f%n", (System.nanoTime() - started) / 1e9);
      System.gc();
      System.out.printf(
          "blocks %d, heap at the end %d MB%n",
          report.height(),
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }
}
