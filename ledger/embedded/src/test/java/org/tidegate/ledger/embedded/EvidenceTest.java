package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditInputException;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.EvidenceBundle;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.Digest;

/** Evidence of one job in a file: small, verified alone, and found out when it was altered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceTest {
  private final HonestLife life = new HonestLife();
  private Path directory = Path.of("");
  private LedgerExport export = new LedgerExport(directory);

  @BeforeAll
  void exportTheChain(@TempDir Path temporary) throws IOException {
    directory = temporary;
    export = export("honest", new Plot(life, new Random(1)));
  }

  private LedgerExport export(String name, Plot plot) throws IOException {
    LedgerExport made = LedgerExport.create(directory.resolve(name));
    for (var block : plot.blocks) {
      made.write(block);
    }
    made.write(plot.heads);
    return made;
  }

  private EvidenceBundle bundle(LedgerExport from, Digest jobId, boolean whole) throws IOException {
    Path file = directory.resolve("bundle");
    EvidenceBundle.write(from, jobId, whole, file);
    return EvidenceBundle.verify(file, life.space.root());
  }

  @Test
  void anHonestBundleHoldsAndTellsTheJobsStory() throws IOException {
    Digest jobId = life.settledJob.jobId();
    EvidenceBundle bundle = bundle(export, jobId, false);
    assertThat(bundle.report().findings()).isEmpty();
    assertThat(bundle.jobId()).contains(jobId);
    LedgerAudit audit = new LedgerAudit(export, life.space.root(), Optional.empty());
    assertThat(bundle.story()).isEqualTo(audit.story(jobId)).isPresent();
    assertThat(bundle.report().height()).isEqualTo(life.blocks().size());
    assertThat(bundle.report().headHash()).isEqualTo(audit.report().headHash());
    assertThat(bundle.report().trusts()).hasSize(3).last().asString().contains("left out");
    for (var job : List.of(life.openJob, life.releasedJob)) {
      assertThat(bundle(export, job.jobId(), false).report().findings()).isEmpty();
    }
  }

  @Test
  void aWholeBundleLeavesNothingToTrust() throws IOException {
    EvidenceBundle bundle = bundle(export, life.settledJob.jobId(), true);
    AuditReport whole = new LedgerAudit(export, life.space.root(), Optional.empty()).report();
    assertThat(bundle.report()).isEqualTo(whole);
  }

  @Test
  void aBundleHoldsWhatMattersAndIsTheSameEachTime() throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    EvidenceBundle.Size size = EvidenceBundle.write(export, life.settledJob.jobId(), false, one);
    EvidenceBundle.write(export, life.settledJob.jobId(), false, other);
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(other));
    assertThat(size.blocks()).isLessThan(life.blocks().size() / 2);
    assertThat(size.transactions()).isLessThan(20);
    assertThat(size.height()).isEqualTo(life.blocks().size());
  }

  @Test
  void anAlteredBundleIsFound() throws IOException {
    Path file = directory.resolve("altered");
    EvidenceBundle.write(export, life.settledJob.jobId(), false, file);
    byte[] honest = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int round = 0; round < 150; round++) {
      byte[] altered = honest.clone();
      int at = round < 40 ? round : random.nextInt(honest.length);
      altered[at] ^= (byte) (1 << random.nextInt(8));
      if (round % 10 == 9) {
        altered = Arrays.copyOf(honest, random.nextInt(honest.length));
      } else if (round % 10 == 8) {
        altered = Arrays.copyOf(honest, honest.length + 1 + random.nextInt(9));
      }
      Files.write(file, altered);
      try {
        assertThat(EvidenceBundle.verify(file, life.space.root()).report().findings())
            .as("byte " + at)
            .extracting(Finding::code)
            .containsExactly("bundle.altered");
      } catch (AuditInputException e) {
        // What does not even begin as a bundle is none.
        assertThat(at < 20 || altered.length < 20).as("byte " + at).isTrue();
      }
    }
  }

  @Test
  void liesAboutTheJobAreFoundInItsBundle() throws IOException {
    List<String> unfound = new ArrayList<>();
    int round = 0;
    for (var kind : EndLies.kinds().entrySet()) {
      Plot plot = new Plot(life, new Random(40 + round));
      Told told = kind.getValue().apply(plot);
      Digest jobId = told.job().orElse(life.settledJob.jobId());
      LedgerExport lying = export("lying-" + round++, plot);
      List<Finding> findings;
      try {
        findings = bundle(lying, jobId, false).report().findings();
      } catch (AuditInputException e) {
        // Some jobs exist in the lie alone.
        assertThat(e).hasMessageContaining("knows no job");
        continue;
      }
      if (findings.stream()
          .noneMatch(
              found -> told.codes().contains(found.code()) && found.block() == told.block())) {
        unfound.add(kind.getKey() + ": " + told + " " + findings);
      }
    }
    assertThat(unfound).isEmpty();
  }

  @Test
  void anotherRootTrustsNothingOfIt() throws IOException {
    Path file = directory.resolve("root");
    EvidenceBundle.write(export, life.settledJob.jobId(), false, file);
    assertThat(EvidenceBundle.verify(file, new TestSpace().root()).report().findings())
        .extracting(Finding::code)
        .contains("space.untrusted");
  }

  @Test
  void whatIsNoBundleIsRefused() throws IOException {
    Path file = directory.resolve("text");
    Files.writeString(file, "this is no evidence, and it is long enough to be some");
    assertThatThrownBy(() -> EvidenceBundle.verify(file, life.space.root()))
        .isInstanceOf(AuditInputException.class)
        .hasMessageContaining("is no evidence bundle");
    assertThatThrownBy(() -> EvidenceBundle.write(export, TestJobs.digest("no job"), false, file))
        .isInstanceOf(AuditInputException.class)
        .hasMessageContaining("knows no job");
  }
}
