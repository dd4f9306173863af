package org.tidegate.benchmarks.psi;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Failures;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.cli.Streams;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.pairing.Pairing;
import org.tidegate.connector.pairing.PairingException;
import org.tidegate.connector.pairing.Party;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.connector.psi.PsiExchange;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiProtocols;
import org.tidegate.connector.psi.PsiWish;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * One of the two processes of a measurement. It says on standard output, a JSON object a line:
 * where it listens, then what each run took, or why there is none.
 */
public final class PsiProcess {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DEADLINE = Duration.ofHours(2);
  private static final Step READY = new Step(2, "ready");

  private final Task task;
  private final PrintStream out;
  private final SecureRandom random = new SecureRandom();

  /**
   * What to do.
   *
   * @param receives whether this is the left side
   * @param port to connect to, or 0 to listen on a free one
   * @param identity directory of this side's identity
   * @param peer fingerprint of the other side
   * @param file to read
   * @param warmFile to read for the runs that are not measured
   * @param key the key's columns
   * @param out where matching rows go; of the right side, not used
   * @param protocol as {@code --protocol}
   * @param security as {@code --security}
   * @param warmRuns how many first
   * @param runs how many are measured
   */
  record Task(
      boolean receives,
      int port,
      String identity,
      String peer,
      String file,
      String warmFile,
      List<String> key,
      String out,
      String protocol,
      String security,
      int warmRuns,
      int runs) {}

  /**
   * What a run took, at one side. The four parts follow each other without a gap.
   *
   * @param protocol the one that was chosen
   * @param inputSeconds from both sides being ready until the keys are in memory
   * @param offlineSeconds until all is done that needs no key: agreement, handshake, correlations
   * @param onlineSeconds until the result is known
   * @param outputSeconds until the matching rows are in their file
   * @param sentBytes payload, before TLS
   * @param receivedBytes payload, before TLS
   * @param rounds how often this side waited after it had sent
   * @param matches of the left side
   * @param peakRssBytes of this process so far
   */
  record Run(
      String protocol,
      double inputSeconds,
      double offlineSeconds,
      double onlineSeconds,
      double outputSeconds,
      long sentBytes,
      long receivedBytes,
      long rounds,
      int matches,
      long peakRssBytes) {
    double totalSeconds() {
      return inputSeconds + offlineSeconds + onlineSeconds + outputSeconds;
    }
  }

  /** A line of standard output that says where the process listens. */
  record Listening(int port) {}

  /** A line of standard output that says why there is no run. */
  record Failed(int exit, String code, String message) {}

  private PsiProcess(Task task, PrintStream out) {
    this.task = task;
    this.out = out;
  }

  /** Takes a {@link Task} as JSON. */
  public static void main(String[] args) {
    PrintStream out = Streams.ofProcess().out();
    Task task = Output.mapper().readValue(args[0], Task.class);
    int exit = Exit.OK;
    try {
      new PsiProcess(task, out).run();
    } catch (RuntimeException | Error e) {
      Failed failed = failed(e);
      say(out, failed);
      exit = failed.exit;
    }
    System.exit(exit);
  }

  private static Failed failed(Throwable failure) {
    return switch (failure) {
      case PsiInputException e -> new Failed(Exit.USAGE, e.code(), e.getMessage());
      case PairingException e -> new Failed(Exit.ABORTED, e.code(), e.getMessage());
      case ChannelException e ->
          new Failed(Exit.ABORTED, "peer.gone", String.valueOf(e.getMessage()));
      case ProtocolAbortException e ->
          new Failed(Exit.ABORTED, "peer.misbehaved", String.valueOf(e.getMessage()));
      default -> {
        CommandException told = Failures.of(failure);
        yield new Failed(told.exit(), told.code(), told.getMessage());
      }
    };
  }

  private static void say(PrintStream out, Object what) {
    out.println(Output.mapper().writeValueAsString(what).replaceAll("\\s*\\R\\s*", " "));
    out.flush();
  }

  private void run() {
    Party party = Party.pinned(Path.of(task.identity), task.peer, random);
    try (Pairing pairing =
            task.port == 0
                ? Pairing.listen(party, LOOPBACK, 0, PATIENCE, DEADLINE)
                : Pairing.connect(party, new Endpoint(LOOPBACK, task.port), PATIENCE, DEADLINE);
        Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      if (task.port == 0) {
        say(out, new Listening(pairing.port()));
      }
      Channel control = pairing.channel();
      SessionOptions options = SessionOptions.of(workers, KernelChoice.best().kernels(), DEADLINE);
      for (int i = 0; i < task.warmRuns + task.runs; i++) {
        boolean warm = i < task.warmRuns;
        Path file = Path.of(warm ? task.warmFile : task.file);
        Run run = once(control, "run" + i, party.self(), file, options);
        if (!warm) {
          say(out, run);
        }
      }
      pairing.part(control);
    }
  }

  private Run once(Channel control, String label, String self, Path path, SessionOptions options) {
    control.send(READY, new byte[0]);
    byte[] unused = control.receive(READY, 0);
    long start = System.nanoTime();
    PsiWish wish = PsiWish.of(task.receives, task.protocol, PsiProtocols.adversary(task.security));
    try (KeyedFile file = KeyedFile.open(path, task.key);
        PsiExchange exchange = PsiExchange.open(file, wish)) {
      long read = System.nanoTime();
      PsiExchange.Agreed agreed = exchange.agree(control, self, random);
      PsiExchange.Outcome outcome = agreed.run(control.fork(label), random, options);
      long known = System.nanoTime();
      if (task.receives) {
        file.write(outcome.rows(), Path.of(task.out));
      }
      long written = System.nanoTime();
      return new Run(
          outcome.protocol(),
          (read - start) / 1e9,
          (known - read - outcome.online().toNanos()) / 1e9,
          outcome.online().toNanos() / 1e9,
          (written - known) / 1e9,
          outcome.meter().sentBytes(),
          outcome.meter().receivedBytes(),
          outcome.meter().rounds(),
          outcome.rows().length,
          peakRssBytes());
    }
  }

  /** The most memory that this process had at once, or 0 where the system does not say. */
  private static long peakRssBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
