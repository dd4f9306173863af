package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.PairIdentity;
import org.tidegate.connector.pairing.PairingException;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiMethod;
import org.tidegate.connector.psi.PsiProtocols;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.security.Adversary;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code tidegate psi}: the rows of one file whose key stands in another. */
@CommandLine.Command(
    name = "psi",
    description = {
      "Finds the rows of one file whose key stands in another, by private set intersection.",
      "The side with --left and --out learns which of its rows match; the side with --right learns",
      "nothing but how many keys there are. Either may listen. With --local both files are here"
          + " and",
      "both roles run in full: for trying out and measuring. A key is text, whatever its type: 7"
          + " in",
      "Parquet equals 7 in CSV, and 007 does not. NULL matches nothing."
    },
    footer = {
      "",
      "In one terminal:",
      "  tidegate psi --local --left a.csv --right b.parquet --key code --out both.csv",
      "In two, on two machines; each side tells the other what the first line prints:",
      "  tidegate psi --fingerprint",
      "  tidegate psi --listen 0.0.0.0:7700 --right b.parquet --key code --peer sha256:...",
      "  tidegate psi --connect b.example:7700 --left a.csv --key code --out both.csv \\",
      "    --peer sha256:..."
    })
final class PsiCommand extends Command {
  private static final Path IDENTITY =
      Path.of(System.getProperty("user.home", "."), ".tidegate", "psi");

  @Option(names = "--local", description = "Both files are on this machine.")
  boolean local;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Wait there for the other side.")
  @Nullable String listen;

  @Option(
      names = "--connect",
      paramLabel = "HOST:PORT",
      description = "Where the other side waits.")
  @Nullable String connect;

  @Option(
      names = "--fingerprint",
      description = "Only print this side's fingerprint, which the other side passes as --peer.")
  boolean fingerprint;

  @Option(
      names = "--left",
      paramLabel = "FILE",
      description = "CSV or Parquet, whose matching rows are wanted.")
  @Nullable Path left;

  @Option(
      names = "--right",
      paramLabel = "FILE",
      description = "CSV or Parquet to look them up in.")
  @Nullable Path right;

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "COLUMN",
      description = "The key's columns, with commas between, in the other side's order.")
  List<String> key = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the left file's matching rows go, in their order: .csv or .parquet.")
  @Nullable Path out;

  @Option(
      names = "--peer",
      paramLabel = "WHO",
      description = "The other side's fingerprint; with --node, the other member's name.")
  @Nullable String peer;

  @Option(
      names = "--identity",
      paramLabel = "DIR",
      description = "This side's certificate and key, made if missing (~/.tidegate/psi).")
  Path identity = IDENTITY;

  @Option(
      names = "--node",
      paramLabel = "HOME",
      description = "Use the identity of a node that has joined a space.")
  @Nullable Path node;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the other side (${DEFAULT-VALUE}).")
  int wait = 600;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = PsiProtocols.AUTO,
      description = "One of: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
      completionCandidates = ProtocolNames.class)
  String protocol = PsiProtocols.AUTO;

  @Option(
      names = "--both",
      description = {
        "Both sides learn which of their rows match, each writes its own to --out. Both say it.",
        "Takes rr22 or rr22-lean, and semi-honest sides."
      })
  boolean both;

  @Option(
      names = "--right-out",
      paramLabel = "FILE",
      description = "With --local --both: where the right file's matching rows go.")
  @Nullable Path rightOut;

  @Option(
      names = "--pad-to",
      paramLabel = "N",
      description = {
        "Hide how many keys there are: both sides fill up, this one to N rows.",
        "Takes rr22 or rr22-lean."
      })
  @Nullable Integer padTo;

  @Option(
      names = "--bucket-rows",
      paramLabel = "N",
      defaultValue = "" + PsiMethod.BUCKET_ROWS,
      description = {
        "Sets of more than twice as many rows are divided and run bucket by bucket, in bounded",
        "memory (${DEFAULT-VALUE}); the smaller number of both sides holds."
      })
  int bucketRows = PsiMethod.BUCKET_ROWS;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Keep finished buckets there until the run has ended. After a breakdown the same command"
            + " on",
        "both sides goes on with the first unfinished one. It holds keyed hashes of the keys."
      })
  @Nullable Path work;

  @Option(
      names = "--security",
      paramLabel = "LEVEL",
      defaultValue = "semi-honest",
      description = "semi-honest (the default) or malicious.")
  String security = "semi-honest";

  /** What {@code --protocol} takes. */
  static final class ProtocolNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PsiProtocols.names().iterator();
    }
  }

  @Override
  protected int run(Output output) throws Exception {
    try {
      return dispatch(output);
    } catch (PsiInputException e) {
      throw new CommandException(Exit.USAGE, e.code(), e.getMessage());
    } catch (PairingException e) {
      int exit = e.code().equals("node.port") ? Exit.USAGE : Exit.ABORTED;
      throw new CommandException(exit, e.code(), e.getMessage());
    } catch (ProtocolAbortException e) {
      throw new CommandException(
          Exit.ABORTED, "peer.misbehaved", "the run was broken off: " + e.getMessage());
    } catch (ChannelException e) {
      throw new CommandException(
          Exit.ABORTED,
          "peer.gone",
          "the other side is gone or the line broke: " + e.getMessage() + "; run both sides again");
    }
  }

  private int dispatch(Output output) throws InterruptedException {
    if (Stream.of(local, listen != null, connect != null, fingerprint).filter(b -> b).count()
        != 1) {
      throw usage("say one of --local, --listen, --connect and --fingerprint");
    }
    if (fingerprint) {
      String own =
          PairIdentity.openOrMake(identity, new SecureRandom(), InstantSource.system())
              .fingerprint();
      output.line("%s", own);
      answer("fingerprint", own);
      return Exit.OK;
    }
    Adversary adversary = PsiProtocols.adversary(security);
    PsiProtocols.require(protocol, adversary);
    if (key.isEmpty()) {
      throw usage("--key is missing: the column both files have, or several with commas between");
    }
    checkFiles();
    PsiRun.Wish wish =
        new PsiRun.Wish(
            protocol,
            adversary,
            both,
            padTo == null ? OptionalInt.empty() : OptionalInt.of(padTo),
            bucketRows,
            Optional.ofNullable(work));
    PsiRun run = new PsiRun(key, wish, output, this::answer);
    if (local) {
      run.local(
          given(left, "--left"),
          given(right, "--right"),
          given(out, "--out"),
          Optional.ofNullable(rightOut));
      return Exit.OK;
    }
    if (wait < 1) {
      throw usage("--wait must be at least 1, and is " + wait);
    }
    PsiRun.Meeting meeting =
        new PsiRun.Meeting(
            Optional.ofNullable(listen),
            Optional.ofNullable(connect),
            given(peer, "--peer"),
            Optional.ofNullable(node),
            identity,
            Duration.ofSeconds(wait));
    run.paired(meeting, Optional.ofNullable(left), Optional.ofNullable(right), out());
    return Exit.OK;
  }

  private Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  private void checkFiles() {
    boolean receives = left != null;
    boolean sends = right != null;
    if (local && !(receives && sends && out != null)) {
      throw usage("--local takes --left, --right and --out");
    }
    if ((rightOut != null) != (local && both)) {
      throw usage("--right-out goes with --local --both, and they with it");
    }
    if (!local && (receives == sends || (receives || both) != (out != null))) {
      throw usage(
          "one side takes --left with --out and learns the matching rows, the other --right; with"
              + " --both each gives --out");
    }
    if (rightOut != null && out != null && rightOut.toAbsolutePath().equals(out.toAbsolutePath())) {
      throw usage("--out and --right-out are one file; name two");
    }
    for (Path read : Stream.of(left, right).filter(Objects::nonNull).toList()) {
      for (Path written : Stream.of(out, rightOut).filter(Objects::nonNull).toList()) {
        if (isSame(written, read)) {
          throw usage("--out " + written + " is one of the files read; name another");
        }
      }
    }
  }

  private static <T> T given(@Nullable T value, String option) {
    if (value == null) {
      throw usage(option + " is missing");
    }
    return value;
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, "cli.usage", message);
  }
}
