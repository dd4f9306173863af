package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.store.NodeDatabase;
import tools.jackson.databind.JsonNode;

/**
 * What can be wrong around a node, through real processes: one clear message, the right exit code,
 * nothing lost, and the node runs again once it is put right.
 */
@Tag("long")
@Timeout(600)
final class BadStartTest {
  private static final String SQL =
      "SELECT COUNT(*) AS n, SUM(f.staff) AS s FROM bank.accounts a JOIN tax.filings f ON a.uscc ="
          + " f.uscc";
  private static final int USAGE = 2;
  private static final int ABORTED = 4;

  @TempDir Path directory;

  @Test
  void whatIsWrongAroundANodeIsSaidAndLosesNothing() throws Exception {
    var _ = SmallData.write(directory.resolve("data"), 20, 51, false);
    String configuration = "jobs:\n  timeout: 30s\n  maxTimeout: 60s\n  peerTimeout: 10s\n";
    try (ProcessSpace space =
        new ProcessSpace(directory.resolve("space"), configuration, "bank", "tax").up()) {
      space.publish("bank", directory.resolve("data/bank"), "accounts");
      space.publish("tax", directory.resolve("data/tax"), "filings");
      String grant = space.grant("tax", "filings", "bank", 100);
      String expected = space.query("bank", SQL).path("private").toString();

      aSecondNodeOfAHomeIsRefused(space);
      space.kill("tax");
      aPeerThatIsDownIsNamed(space);
      aPortInUseIsNamed(space);
      anAlteredLedgerIsRefused(space);
      aShortenedLedgerIsRefused(space);
      aDamagedStoreIsRefused(space);
      aWeakConfigurationIsRefused(space);
      anExpiredCertificateIsRefusedAndRenewed(space);

      space.start("tax");
      JsonNode again = space.query("bank", SQL);
      assertThat(again.path("private").toString()).describedAs("%s", again).isEqualTo(expected);
      JsonNode balance = ProcessSpace.balance(space.audit("tax"), grant);
      assertThat(balance.path("used").asInt()).isEqualTo(2);
    }
  }

  /** The message stands alone: no stack trace, and it names all of these. */
  private static void assertSaid(ProcessSpace space, String name, String... words)
      throws Exception {
    List<String> lines = Files.readAllLines(space.log(name));
    int from = lines.lastIndexOf("WARNING: Using incubator modules: jdk.incubator.vector");
    List<String> last = lines.subList(from + 1, lines.size());
    List<String> told = last.stream().filter(line -> line.startsWith("tidegate: ")).toList();
    assertThat(told).describedAs("%s", last).hasSize(1);
    assertThat(told.getFirst()).contains(words);
    assertThat(last)
        .noneMatch(line -> line.startsWith("\tat "))
        .noneMatch(line -> line.contains("bug"));
  }

  private static void aSecondNodeOfAHomeIsRefused(ProcessSpace space) throws Exception {
    CommandRun run = CommandRun.tidegate("start", "--home", space.home("tax").toString());
    assertThat(run.exit()).describedAs(run.said()).isEqualTo(USAGE);
    assertThat(run.said()).contains("another node runs with the home").contains("space down");
  }

  private static void aPeerThatIsDownIsNamed(ProcessSpace space) throws Exception {
    CommandRun run = CommandRun.tidegate("query", "--node", space.home("bank").toString(), SQL);
    assertThat(run.exit()).describedAs(run.said()).isEqualTo(ABORTED);
    assertThat(run.said()).contains("tax").contains("localhost:");
    assertThat(run.json().path("error").path("code").asString()).isEqualTo("peer.unreachable");
    CommandRun own = CommandRun.tidegate("grant", "list", "--node", space.home("tax").toString());
    assertThat(own.exit()).describedAs(own.said()).isEqualTo(ABORTED);
    assertThat(own.said()).contains("tax").contains("localhost:");
  }

  private static void aPortInUseIsNamed(ProcessSpace space) throws Exception {
    int port = space.port("tax");
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(space.spawnAndWait("tax")).isEqualTo(USAGE);
      assertSaid(space, "tax", String.valueOf(taken.getLocalPort()), "in use");
    }
  }

  private static Path blocks(ProcessSpace space) throws Exception {
    try (Stream<Path> files = Files.walk(space.home("tax").resolve("ledger"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("blocks_"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void anAlteredLedgerIsRefused(ProcessSpace space) throws Exception {
    Path file = blocks(space);
    byte[] original = Files.readAllBytes(file);
    byte[] altered = original.clone();
    altered[original.length / 2] ^= 1;
    Files.write(file, altered);
    assertThat(space.spawnAndWait("tax")).isEqualTo(ABORTED);
    assertSaid(space, "tax", file.toString(), "block", "estore");
    assertThat(Files.readAllBytes(file)).isEqualTo(altered);
    Files.write(file, original);
  }

  private static void aShortenedLedgerIsRefused(ProcessSpace space) throws Exception {
    Path file = blocks(space);
    byte[] original = Files.readAllBytes(file);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(original.length * 2L / 3);
    }
    assertThat(space.spawnAndWait("tax")).isEqualTo(ABORTED);
    assertSaid(space, "tax", "ledger", "block", "estore");
    Files.write(file, original);
  }

  private static void aDamagedStoreIsRefused(ProcessSpace space) throws Exception {
    // With its log, in which the newest commits of a killed node still are.
    Map<Path, byte[]> original = new HashMap<>();
    try (Stream<Path> files = Files.list(space.home("tax"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(NodeDatabase.FILE)) {
          original.put(file, Files.readAllBytes(file));
        }
      }
    }
    for (Path file : original.keySet()) {
      Files.delete(file);
    }
    Path damaged = space.home("tax").resolve(NodeDatabase.FILE);
    Files.writeString(damaged, "This is not what it was.".repeat(1_000));
    assertThat(space.spawnAndWait("tax")).isEqualTo(USAGE);
    assertSaid(space, "tax", damaged.toString(), "damaged");
    for (Map.Entry<Path, byte[]> file : original.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private static void aWeakConfigurationIsRefused(ProcessSpace space) throws Exception {
    Path file = space.home("tax").resolve("config.yaml");
    String original = Files.readString(file);
    for (String knob : List.of("paillierBits: 1024", "statisticalBits: 20")) {
      Files.writeString(file, original + "security:\n  " + knob + "\n");
      assertThat(space.spawnAndWait("tax")).isEqualTo(USAGE);
      assertSaid(space, "tax", knob.substring(0, knob.indexOf(':')), "config.yaml");
    }
    Files.writeString(file, original);
  }

  private static void anExpiredCertificateIsRefusedAndRenewed(ProcessSpace space) throws Exception {
    NodeHome home = NodeHome.open(space.home("tax"));
    var _ = home.renew(home.endpoint(), Duration.ofSeconds(1), new SecureRandom());
    Thread.sleep(1_500);
    assertThat(space.spawnAndWait("tax")).isEqualTo(USAGE);
    assertSaid(space, "tax", "expired", "tidegate renew --home " + space.home("tax"));
    CommandRun renewed = CommandRun.tidegate("renew", "--home", space.home("tax").toString());
    assertThat(renewed.exit()).describedAs(renewed.said()).isZero();
    assertThat(renewed.said()).contains("join-request.json");
    space.admit();
  }
}
