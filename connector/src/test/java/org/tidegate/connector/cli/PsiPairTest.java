package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.connector.identity.EmbeddedGenesis;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;

/** {@code psi} on two sides, over mutual TLS on the loopback interface. */
@Timeout(120)
final class PsiPairTest {
  @TempDir Path directory;

  private Path left = Path.of("");
  private Path right = Path.of("");
  private Path out = Path.of("");
  private int port;

  @BeforeEach
  void files() throws IOException {
    left = Files.writeString(directory.resolve("left.csv"), "k,v\n7,a\n8,b\n007,c\n,d\n9,e\n");
    right = Files.writeString(directory.resolve("right.csv"), "v,k\nx,9\ny,7\nz,7\nw,\n");
    out = directory.resolve("out.csv");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  private String fingerprint(String name) {
    CommandLineRun run =
        CommandLineRun.of("psi", "--fingerprint", "--identity", directory.resolve(name).toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().strip()).matches("sha256:[0-9a-f]{64}");
    return run.out().strip();
  }

  /** Options and their values. */
  private Map<String, String> sender(String peer) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--listen", "127.0.0.1:" + port);
    options.put("--right", right.toString());
    options.put("--key", "k");
    options.put("--peer", peer);
    options.put("--identity", directory.resolve("sender").toString());
    return options;
  }

  private Map<String, String> receiver(String peer) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--connect", "127.0.0.1:" + port);
    options.put("--left", left.toString());
    options.put("--key", "k");
    options.put("--peer", peer);
    options.put("--out", out.toString());
    options.put("--identity", directory.resolve("receiver").toString());
    return options;
  }

  private static Map<String, String> with(
      Map<String, String> options, String option, String value) {
    options.put(option, value);
    return options;
  }

  private static String[] words(Map<String, String> options) {
    List<String> words = new ArrayList<>(List.of("psi"));
    options.forEach((option, value) -> words.addAll(List.of(option, value)));
    return words.toArray(String[]::new);
  }

  private static FutureTask<CommandLineRun> start(Map<String, String> options) {
    Callable<CommandLineRun> call = () -> CommandLineRun.of(words(options));
    FutureTask<CommandLineRun> task = new FutureTask<>(call);
    Thread unused = Thread.ofVirtual().start(task);
    return task;
  }

  /** The side that connects must find the other; so it comes when that listens. */
  private CommandLineRun connect(Map<String, String> options) throws InterruptedException {
    for (int i = 0; i < 300 && isFree(); i++) {
      Thread.sleep(50);
    }
    return CommandLineRun.of(words(options));
  }

  private boolean isFree() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !probe.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void eitherSideMayListenAndOnlyTheLeftLearns() throws Exception {
    FutureTask<CommandLineRun> sending =
        start(with(sender(fingerprint("receiver")), "--json", "" + directory.resolve("s.json")));
    CommandLineRun received = connect(with(receiver(fingerprint("sender")), "--json", "-"));
    CommandLineRun sent = sending.get();
    assertThat(received.exit()).as(received.err()).isZero();
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo("k,v\n7,a\n9,e\n");
    assertThat(received.json().path("matches").asInt()).isEqualTo(2);
    assertThat(received.json().path("role").asString()).isEqualTo("left");
    assertThat(received.json().path("rows").path("left").asInt()).isEqualTo(5);
    var other = Output.mapper().readTree(Files.readString(directory.resolve("s.json")));
    assertThat(other.has("matches")).isFalse();
    assertThat(other.path("bytes")).isEqualTo(received.json().path("bytes"));
    assertThat(sent.out()).contains("The other side has learned which of its rows");
  }

  @Test
  void membersOfASpaceNeedNoFingerprints() throws Exception {
    SpaceAuthority authority = SpaceAuthority.create(directory.resolve("space"), "pairs");
    List<NodeHome> homes = new ArrayList<>();
    for (String name : List.of("bank", "tax")) {
      homes.add(
          NodeHome.create(
              directory.resolve(name), name, new Endpoint("127.0.0.1", 7001 + homes.size())));
    }
    var descriptor =
        authority.admit(
            homes.stream().map(home -> JoinRequest.load(home.joinRequestFile())).toList(),
            "bank",
            new EmbeddedGenesis());
    Path file = directory.resolve("space.json");
    SpaceAuthority.write(descriptor, file);
    homes.forEach(home -> home.join(file, Optional.of(authority.fingerprint())));
    Map<String, String> bank = member(receiver("tax"), "bank");
    bank.put("--listen", String.valueOf(bank.remove("--connect")));
    FutureTask<CommandLineRun> receiving = start(bank);
    Map<String, String> tax = member(sender("bank"), "tax");
    tax.put("--connect", String.valueOf(tax.remove("--listen")));
    CommandLineRun sent = connect(tax);
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(receiving.get().exit()).as(receiving.get().err()).isZero();
    assertThat(Files.readString(out)).isEqualTo("k,v\n7,a\n9,e\n");
    CommandLineRun self = CommandLineRun.of(words(member(sender("bank"), "bank")));
    assertThat(self.exit()).isEqualTo(Exit.USAGE);
    assertThat(self.err()).contains("--peer bank is this node itself");
  }

  private Map<String, String> member(Map<String, String> options, String name) {
    options.remove("--identity");
    options.put("--node", directory.resolve(name).toString());
    return options;
  }

  @Test
  void aStrangerIsRefusedAndTheListenerWaitsOn() throws Exception {
    FutureTask<CommandLineRun> sending = start(sender(fingerprint("receiver")));
    String known = fingerprint("sender");
    CommandLineRun stranger =
        connect(with(receiver(known), "--identity", "" + directory.resolve("stranger")));
    assertThat(stranger.exit()).isEqualTo(Exit.ABORTED);
    assertThat(stranger.err())
        .contains("does not expect this one. Its --peer must be " + fingerprint("stranger"));
    CommandLineRun mistaken = connect(receiver(fingerprint("stranger")));
    assertThat(mistaken.exit()).isEqualTo(Exit.ABORTED);
    assertThat(mistaken.err())
        .contains("presents a certificate with the fingerprint " + known)
        .contains("somebody else is at the other end");
    assertThat(out).doesNotExist();
    assertThat(connect(receiver(known)).exit()).isZero();
    assertThat(sending.get().exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --key | v,k | has 1 columns, and that of the other side has 2
          --out | {O} | both sides want the matching rows
          """)
  void whatDoesNotFitIsRefusedOnBothSides(String option, String value, String message)
      throws Exception {
    Map<String, String> listening = sender(fingerprint("receiver"));
    if (option.equals("--out")) {
      listening.put("--left", String.valueOf(listening.remove("--right")));
    }
    FutureTask<CommandLineRun> first =
        start(with(listening, option, value.replace("{O}", out + ".csv")));
    CommandLineRun second = connect(receiver(fingerprint("sender")));
    assertThat(second.exit()).as(second.err()).isEqualTo(Exit.USAGE);
    assertThat(first.get().exit()).as(first.get().err()).isEqualTo(Exit.USAGE);
    assertThat(second.err()).contains(message);
    assertThat(out).doesNotExist();
  }

  @Test
  void nobodyThereEndsWithFour() {
    CommandLineRun nobody = CommandLineRun.of(words(receiver(fingerprint("sender"))));
    assertThat(nobody.exit()).isEqualTo(Exit.ABORTED);
    assertThat(nobody.err()).contains("cannot be reached at 127.0.0.1:" + port);
    CommandLineRun late =
        CommandLineRun.of(words(with(sender(fingerprint("receiver")), "--wait", "1")));
    assertThat(late.exit()).isEqualTo(Exit.ABORTED);
    assertThat(late.err()).contains("did not come to 127.0.0.1:" + port + " in time");
  }

  /** A real process at the other end, which is killed in the middle of the run. */
  @Test
  void aPeerThatDiesEndsTheRunWithFourAndLeavesNoFile() throws Exception {
    StringBuilder many = new StringBuilder("k\n");
    for (int i = 0; i < 200_000; i++) {
      many.append(i).append('\n');
    }
    Files.writeString(left, many);
    Files.writeString(right, many);
    String known = fingerprint("sender");
    Path log = directory.resolve("sender.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(List.of(words(sender(fingerprint("receiver")))));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!Files.readString(log).contains("blinded")) {
                    Thread.sleep(50);
                  }
                } catch (IOException | InterruptedException e) {
                  // Killed anyhow, which the test then notices.
                }
                Process unused = process.destroyForcibly();
              });
      CommandLineRun run = connect(receiver(known));
      killer.join();
      assertThat(run.exit()).as(run.err()).isEqualTo(Exit.ABORTED);
      assertThat(run.err()).contains("the other side is gone or the line broke");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.map(path -> String.valueOf(path.getFileName())))
            .noneMatch(name -> name.contains("out"));
      }
    } finally {
      assertThat(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
