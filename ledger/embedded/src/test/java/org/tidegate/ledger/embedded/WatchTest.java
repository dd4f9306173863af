package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditInputException;
import org.tidegate.ledger.audit.ChainWatch;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.TestCertificates;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.Signatures;

/** A watch announces what an audit finds, each once, wherever it was cut off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {
  private final HonestLife life = new HonestLife();
  private final Plot plot = new Plot(life, new Random(5));
  private final List<String> all = new ArrayList<>();

  /** Several lies on one chain, told without keys. */
  @BeforeAll
  void plantLies(@TempDir Path directory) {
    Set<Told> told = new HashSet<>();
    FileLies.kinds()
        .forEach((kind, lie) -> {
          if (kind.startsWith("a bit") || kind.contains("flag") || kind.contains("header")) {
            told.add(lie.apply(plot));
          }
        });
    assertThat(told).hasSizeGreaterThan(5);
    try (ChainWatch watch = watch(directory.resolve("undisturbed"), all)) {
      follow(watch, plot.blocks, Integer.MAX_VALUE);
    }
    assertThat(all).hasSizeGreaterThan(10).doesNotHaveDuplicates();
  }

  private ChainWatch watch(Path checkpoint, List<String> announced) {
    return new ChainWatch(
        plot.blocks.getFirst().toByteArray(),
        life.space.root(),
        checkpoint,
        finding -> announced.add(text(finding)));
  }

  private static String text(Finding finding) {
    return finding.toString();
  }

  private void follow(ChainWatch watch, List<Block> blocks, int count) {
    for (int i = 0; i < count && watch.height() < blocks.size(); i++) {
      assertThat(watch.next(blocks.get((int) watch.height()).toByteArray())).isTrue();
      if (i % 7 == 6) {
        watch.heads(List.of());
      }
    }
    watch.heads(life.heads);
  }

  private static List<String> findings(Path checkpoint) throws IOException {
    return Files.readAllLines(checkpoint).stream()
        .filter(line -> line.startsWith("{\"finding\""))
        .toList();
  }

  @Test
  void anHonestChainRaisesNoAlarm(@TempDir Path directory) {
    List<String> announced = new ArrayList<>();
    try (ChainWatch watch = watch(directory.resolve("checkpoint"), announced)) {
      follow(watch, life.blocks(), Integer.MAX_VALUE);
      assertThat(watch.height()).isEqualTo(life.blocks().size());
    }
    assertThat(announced).isEmpty();
  }

  @Test
  void whereverTheFileWasCutNothingIsLostOrDoubled(@TempDir Path directory) throws IOException {
    Path checkpoint = directory.resolve("checkpoint");
    try (ChainWatch watch = watch(checkpoint, new ArrayList<>())) {
      follow(watch, plot.blocks, Integer.MAX_VALUE);
    }
    List<String> whole = findings(checkpoint);
    byte[] bytes = Files.readAllBytes(checkpoint);
    Random random = new Random(7);
    for (int round = 0; round < 8; round++) {
      Files.write(checkpoint, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      int before = findings(checkpoint).size();
      List<String> announced = new ArrayList<>();
      try (ChainWatch watch = watch(checkpoint, announced)) {
        before = watch.announcedBefore();
        follow(watch, plot.blocks, random.nextInt(30));
      }
      try (ChainWatch watch = watch(checkpoint, announced)) {
        follow(watch, plot.blocks, Integer.MAX_VALUE);
      }
      assertThat(findings(checkpoint)).isEqualTo(whole);
      assertThat(announced).isEqualTo(all.subList(before, all.size()));
    }
  }

  @Test
  void aChainThatWasRewrittenIsNoticed(@TempDir Path directory) {
    Path checkpoint = directory.resolve("checkpoint");
    List<String> announced = new ArrayList<>();
    try (ChainWatch watch = watch(checkpoint, announced)) {
      follow(watch, life.blocks(), 20);
    }
    // The orderer leaves a transaction out of block 12 and signs all blocks from there on again.
    Plot other = new Plot(life, new Random(2));
    Block block = other.blocks.get(12);
    byte[] flags = BlockSealer.flags(block);
    other.put(12, block.getData().getDataList().subList(0, flags.length - 1));
    other.flags(12, Arrays.copyOf(flags, flags.length - 1));
    other.reseal(12);
    assertThat(announced).isEmpty();
    try (ChainWatch watch = watch(checkpoint, announced)) {
      follow(watch, other.blocks, Integer.MAX_VALUE);
      assertThat(watch.findings())
          .extracting(Finding::code)
          .contains("watch.rewritten", "head.fork");
    }
  }

  @Test
  void aCheckpointOfAnotherChainIsRefused(@TempDir Path directory) {
    Path checkpoint = directory.resolve("checkpoint");
    watch(checkpoint, new ArrayList<>()).close();
    assertThatThrownBy(() ->
            new ChainWatch(
                life.blocks().getFirst().toByteArray(),
                new TestSpace().root(),
                checkpoint,
                finding -> {}))
        .isInstanceOf(AuditInputException.class)
        .hasMessageContaining("another chain");
  }

  @Test
  @Tag("long")
  void aWatchThatIsKilledGoesOn(@TempDir Path directory) throws Exception {
    LedgerExport export = LedgerExport.create(directory.resolve("export"));
    for (int number = 0; number < plot.blocks.size(); number++) {
      Files.write(
          export.directory().resolve("blocks/%06d.block".formatted(number)),
          plot.blocks.get(number).toByteArray());
    }
    export.write(life.heads);
    Path root = directory.resolve("root.pem");
    Files.writeString(root, TestCertificates.pem(life.space.root()));
    Path undisturbed = directory.resolve("undisturbed");
    assertThat(run(export, root, undisturbed, 120_000)).isTrue();
    Path checkpoint = directory.resolve("checkpoint");
    Random random = new Random();
    int kills = 0;
    while (!run(export, root, checkpoint, kills < 12 ? 300 + random.nextInt(1_500) : 120_000)) {
      kills++;
    }
    assertThat(findings(checkpoint)).isEqualTo(findings(undisturbed));
  }

  /** Whether the process ended by itself within so many milliseconds; else it is killed. */
  private static boolean run(LedgerExport export, Path root, Path checkpoint, long millis)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Watcher.class.getName(),
                export.directory().toString(),
                root.toString(),
                checkpoint.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      assertThat(process.exitValue()).isZero();
      return true;
    }
    process.destroyForcibly().waitFor();
    return false;
  }

  /** The process that is killed. */
  static final class Watcher {
    private Watcher() {}

    public static void main(String[] arguments) throws Exception {
      LedgerExport export = new LedgerExport(Path.of(arguments[0]));
      try (ChainWatch watch =
          new ChainWatch(
              export.read(0),
              Signatures.certificate("the root", Files.readString(Path.of(arguments[1]))),
              Path.of(arguments[2]),
              finding -> {})) {
        while (watch.height() < export.height()) {
          watch.next(export.read(watch.height()));
          // Slowly enough to be killed somewhere.
          Thread.sleep(20);
        }
        watch.heads(export.heads(Optional.empty()));
      }
    }
  }
}
