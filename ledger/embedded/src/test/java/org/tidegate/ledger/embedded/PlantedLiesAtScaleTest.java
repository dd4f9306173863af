package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.embedded.Plot.Told;

/**
 * A thousand lies over an honest chain, by all who can lie: with no key, the orderer's, the
 * submitter's, everybody's. Each is found where it was told, under a code that this kind may have.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedLiesAtScaleTest {
  private static final int FEW = 60;
  private static final int MANY = 1_000;

  private final HonestLife life = new HonestLife();
  private final Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
  private LedgerExport export = new LedgerExport(Path.of(""));

  @BeforeAll
  void exportTheHonestChain(@TempDir Path directory) throws IOException {
    List.of(
            FileLies.kinds(),
            OrdererLies.kinds(),
            HeadLies.kinds(),
            EndorsementLies.kinds(),
            RecordLies.kinds(life),
            ReservationLies.kinds(),
            EndLies.kinds(),
            EntryLies.kinds(),
            TermLies.kinds())
        .forEach(kinds::putAll);
    export = LedgerExport.create(directory.resolve("export"));
    for (int number = 0; number < life.blocks().size(); number++) {
      export.write(life.blocks().get(number));
    }
    export.write(life.heads);
  }

  private AuditReport audit() {
    return new LedgerAudit(export, life.space.root(), Optional.empty()).report();
  }

  private Path file(int number) {
    return export.directory().resolve("blocks/%06d.block".formatted(number));
  }

  /** Plants a lie, audits, and cleans up; the lie as text if it was not found, else empty. */
  private Optional<String> plant(String kind, long seed) throws IOException {
    Plot plot = new Plot(life, new Random(seed));
    Told told = Objects.requireNonNull(kinds.get(kind)).apply(plot);
    Map<Integer, Optional<byte[]>> files = plot.files();
    for (Map.Entry<Integer, Optional<byte[]>> file : files.entrySet()) {
      if (file.getValue().isPresent()) {
        Files.write(file(file.getKey()), file.getValue().get());
      } else {
        Files.deleteIfExists(file(file.getKey()));
      }
    }
    export.write(plot.heads);
    AuditReport report = audit();
    for (int number : files.keySet()) {
      if (number < life.blocks().size()) {
        export.write(life.blocks().get(number));
      } else {
        Files.deleteIfExists(file(number));
      }
    }
    export.write(life.heads);
    boolean found = report.findings().stream().anyMatch(finding -> names(finding, told));
    long first = files.keySet().stream().mapToLong(number -> number).min().orElse(told.block());
    boolean just =
        report.findings().stream()
            .allMatch(finding -> isJust(finding, Math.min(first, told.block())));
    return found && just
        ? Optional.empty()
        : Optional.of(
            "%s (seed %d): %s at block %d, transaction %d, job %s; found %s"
                .formatted(
                    kind,
                    seed,
                    told.codes(),
                    told.block(),
                    told.tx(),
                    told.job(),
                    report.findings().stream().limit(4).toList()));
  }

  /**
   * Nobody who stands before the first lie is accused of anything, but that a receipt is missing or
   * another shows at the job's reservation.
   */
  private static boolean isJust(Finding finding, long firstLie) {
    return finding.block() >= firstLie || finding.code().startsWith("receipt.");
  }

  private static boolean names(Finding finding, Told told) {
    return told.codes().contains(finding.code())
        && finding.block() == told.block()
        && (told.tx() < 0 || finding.tx().orElse(-1) == told.tx())
        && (told.job().isEmpty() || finding.jobId().equals(told.job()));
  }

  /** Plants lies of every {@code step}-th kind, over and over. */
  private void plantAll(int lies, int step) throws IOException {
    List<String> unfound = new ArrayList<>();
    List<String> names = List.copyOf(kinds.keySet());
    for (int i = 0; i < lies; i++) {
      plant(names.get(i * step % names.size()), 6_000 + i).ifPresent(unfound::add);
    }
    assertThat(unfound).as("of %d lies of %d kinds", lies, names.size()).isEmpty();
  }

  @Test
  void theHonestChainHolds() {
    AuditReport report = audit();
    assertThat(report.findings()).isEmpty();
    assertThat(report.height()).isEqualTo(life.blocks().size());
    assertThat(kinds).hasSizeGreaterThan(100);
  }

  @Test
  void aFewLiesAreFound() throws IOException {
    plantAll(FEW, kinds.size() / FEW);
  }

  @Test
  @Tag("long")
  void aThousandLiesAreFound() throws IOException {
    plantAll(MANY, 1);
  }
}
