package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.connector.psi.LocalPsi;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiProtocol;
import org.tidegate.connector.psi.PsiProtocols;
import org.tidegate.connector.psi.PsiTerms;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code tidegate psi --local}: two files on this machine, both roles of the protocol. */
@CommandLine.Command(
    name = "psi",
    description = {
      "Finds the rows of one file whose key stands in another, by private set intersection.",
      "Both files are here; both roles run in full, joined by a channel in memory: for trying out",
      "and measuring. Fields of a CSV file are text exactly as written; NULL matches nothing."
    },
    footer = {
      "",
      "Example: tidegate psi --local --left a.csv --right b.parquet --key code --out both.csv"
    })
final class PsiCommand extends Command {
  private static final Duration DEADLINE = Duration.ofHours(12);

  @Option(names = "--local", description = "Both files are on this machine (the only way so far).")
  boolean local;

  @Option(names = "--left", required = true, paramLabel = "FILE", description = "CSV or Parquet.")
  Path left = Path.of("");

  @Option(names = "--right", required = true, paramLabel = "FILE", description = "CSV or Parquet.")
  Path right = Path.of("");

  @Option(
      names = "--key",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "The key's columns, named alike in both files, with commas between.")
  List<String> key = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the left file's matching rows go, in their order: .csv or .parquet.")
  Path out = Path.of("");

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto or ecdh, which are the same in this release.")
  String protocol = "auto";

  @Option(
      names = "--security",
      paramLabel = "LEVEL",
      defaultValue = "semi-honest",
      description = "semi-honest, which is what ecdh offers.")
  String security = "semi-honest";

  @Override
  protected int run(Output output) throws Exception {
    try {
      checkOptions();
      return intersect(output);
    } catch (PsiInputException e) {
      throw new CommandException(Exit.USAGE, e.code(), e.getMessage());
    }
  }

  private int intersect(Output output) throws InterruptedException {
    KeyedFile.checkTarget(out);
    try (KeyedFile leftFile = KeyedFile.open(left, key);
        KeyedFile rightFile = KeyedFile.open(right, key)) {
      leftFile.requireMatches(rightFile.kinds(), right.toString());
      KeyedFile.Keys leftKeys = leftFile.keys();
      KeyedFile.Keys rightKeys = rightFile.keys();
      PsiTerms terms =
          new PsiTerms(
              PsiProtocols.adversary(security), rightKeys.keys().rows(), leftKeys.keys().rows());
      PsiProtocol chosen = PsiProtocols.choose(protocol, terms);
      LocalPsi.Outcome outcome;
      try (ProgressLine progress = new ProgressLine(output.err())) {
        outcome =
            LocalPsi.run(
                chosen,
                terms,
                leftKeys.keys(),
                rightKeys.keys(),
                new SecureRandom(),
                DEADLINE,
                progress::update);
      }
      leftFile.write(leftKeys.rowsOf(outcome.matches()), out);
      tell(output, chosen, leftKeys.fileRows(), rightKeys.fileRows(), outcome);
    }
    return Exit.OK;
  }

  private void tell(
      Output output, PsiProtocol chosen, long leftRows, long rightRows, LocalPsi.Outcome outcome) {
    output.line(
        "%d of %d rows of %s have their key in %s (%d rows); they are in %s.",
        outcome.matches().length, leftRows, left, right, rightRows, out);
    output.note(
        "%s, %s: %d ms, %d bytes there, %d bytes back.",
        chosen.name(),
        security,
        outcome.millis(),
        outcome.leftToRightBytes(),
        outcome.rightToLeftBytes());
    answer("protocol", chosen.name());
    answer("security", security);
    answer("rows", ordered("left", leftRows, "right", rightRows));
    answer("matches", outcome.matches().length);
    answer("out", out.toString());
    answer(
        "bytes",
        ordered(
            "leftToRight", outcome.leftToRightBytes(), "rightToLeft", outcome.rightToLeftBytes()));
    answer("rounds", outcome.rounds());
    answer("millis", outcome.millis());
  }

  private static Map<String, Long> ordered(String a, long x, String b, long y) {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put(a, x);
    map.put(b, y);
    return map;
  }

  private void checkOptions() {
    if (!local) {
      throw usage("psi runs on two files of this machine so far: say --local");
    }
    PsiProtocols.require(protocol, PsiProtocols.adversary(security));
    if (isSame(out, left) || isSame(out, right)) {
      throw usage("--out " + out + " is one of the files read; name another");
    }
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  private static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, "cli.usage", message);
  }
}
