package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.EvidenceBundle;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.records.Digest;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate audit bundle}: evidence of one job in one file. */
@CommandLine.Command(
    name = "bundle",
    description = {
      "Writes the evidence of one job into one file, which anybody verifies with the root alone.",
      "It holds the transactions that matter for the job, the blocks they stand in, the chain of"
          + " headers and the signed head."
    },
    footer = {
      "",
      "  tidegate audit bundle sha256:... --node space/bank --out job.evidence",
      "  tidegate audit bundle sha256:... --blocks export --out job.evidence --whole",
      "  tidegate audit verify --bundle job.evidence --root root.pem"
    })
final class AuditBundleCommand extends Command {
  @Parameters(paramLabel = "JOB", description = "The job's id.")
  String id = "";

  @ArgGroup(multiplicity = "1")
  Source source = new Source();

  static final class Source {
    @Option(names = "--node", paramLabel = "HOME", description = "The home of the node to ask.")
    @Nullable Path node;

    @Option(names = "--blocks", paramLabel = "DIR", description = "An exported directory.")
    @Nullable Path blocks;
  }

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The bundle; a file that is there is replaced.")
  Path out = Path.of("");

  @Option(
      names = "--whole",
      description = "Put in the whole chain, so that nothing is left to trust.")
  boolean whole;

  @Override
  protected int run(Output output) throws Exception {
    Digest jobId = Digest.parse(id.startsWith("sha256:") ? id : "sha256:" + id);
    EvidenceBundle.Size size =
        source.blocks != null
            ? write(new LedgerExport(source.blocks), jobId)
            : ofNode(Objects.requireNonNull(source.node), jobId);
    long bytes = Files.size(out);
    output.line(
        "Wrote %s: %s of %d blocks, %s, %,d bytes.",
        out,
        Words.count(size.blocks(), "block", "blocks"),
        size.height(),
        Words.count(size.transactions(), "transaction", "transactions"),
        bytes);
    answer("jobId", jobId.text());
    answer("out", out.toString());
    answer("blocks", size.blocks());
    answer("transactions", size.transactions());
    answer("height", size.height());
    answer("bytes", bytes);
    return Exit.OK;
  }

  private EvidenceBundle.Size write(LedgerExport export, Digest jobId) throws IOException {
    return EvidenceBundle.write(export, jobId, whole, out);
  }

  private EvidenceBundle.Size ofNode(Path home, Digest jobId) throws IOException {
    Path scratch = Files.createTempDirectory("tidegate-bundle");
    try (NodeClient client = new NodeClient(home)) {
      Path export = scratch.resolve("export");
      AuditCommands.export(client, export);
      return write(new LedgerExport(export), jobId);
    } finally {
      delete(scratch);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
