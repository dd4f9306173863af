package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.Pem;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.GrantBalance;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.records.Digest;
import org.tidegate.proto.admin.v1.ExportBlocksRequest;
import org.tidegate.proto.admin.v1.ExportChunk;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate audit export|verify|job}. */
public final class AuditCommands {
  private static final long EXPORT_SECONDS = 3_600;

  private AuditCommands() {}

  /**
   * Writes a node's chain and signed heads into a directory.
   *
   * @return the number of files written
   */
  public static int export(NodeClient client, Path directory) throws IOException {
    LedgerExport.create(directory);
    return client.call(
        EXPORT_SECONDS,
        stub -> {
          int files = 0;
          Iterator<ExportChunk> chunks =
              stub.exportBlocks(ExportBlocksRequest.getDefaultInstance());
          while (chunks.hasNext()) {
            write(directory, chunks.next());
            files++;
          }
          return files;
        });
  }

  private static void write(Path directory, ExportChunk chunk) {
    if (!chunk.getName().matches("blocks/\\d{6,}\\.block|head\\.json")) {
      throw new CommandException(
          Exit.ABORTED, "peer.failed", "the node sent a file named '" + chunk.getName() + "'");
    }
    try {
      Files.write(directory.resolve(chunk.getName()), chunk.getContent().toByteArray());
    } catch (IOException e) {
      throw new CommandException(
          Exit.USAGE, "cli.file", chunk.getName() + " cannot be written: " + e);
    }
  }

  /** An audit's result as it stands in machine output. */
  public static Map<String, Object> json(AuditReport report) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("height", report.height());
    keys.put("headHash", report.headHash().text());
    keys.put("trusts", report.trusts());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("code", finding.code());
      entry.put("block", finding.block());
      entry.put("tx", finding.tx().isPresent() ? finding.tx().getAsInt() : null);
      entry.put("jobId", finding.jobId().map(Digest::text).orElse(null));
      entry.put("message", finding.message());
      findings.add(entry);
    }
    keys.put("findings", findings);
    List<Map<String, Object>> balances = new ArrayList<>();
    for (GrantBalance balance : report.balances()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("grant", balance.grant());
      entry.put("limit", balance.limit());
      entry.put("reserved", balance.reserved());
      entry.put("used", balance.used());
      entry.put("released", balance.released());
      entry.put("owner", balance.owner());
      balances.add(entry);
    }
    keys.put("balances", balances);
    return keys;
  }

  @CommandLine.Command(
      name = "audit",
      description = "What the ledger proves.",
      subcommands = {Export.class, Verify.class, Job.class},
      synopsisSubcommandLabel = "(export | verify | job)")
  static final class Audit extends Group {}

  @CommandLine.Command(
      name = "export",
      description = "Writes a node's copy of the chain, and signed heads, into a directory.")
  static final class Export extends NodeCommand {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "The directory, new or empty.")
    Path out = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      export(client, out);
      LedgerExport export = new LedgerExport(out);
      long height = export.height();
      List<String> signers =
          export.heads(Optional.empty()).stream()
              .map(head -> head.head().body().participant())
              .sorted()
              .toList();
      List<String> missing =
          client.home().space().memberNames().stream()
              .filter(member -> !signers.contains(member))
              .toList();
      output.line("Exported %d blocks to %s.", height, out);
      if (!missing.isEmpty()) {
        output.note(
            "The head is signed by %s, not by %s: %s",
            String.join(", ", signers),
            String.join(", ", missing),
            signers.size() < 2
                ? "audit verify will say head.unsigned, for a dropped tail would not show; start"
                    + " the missing nodes and export again"
                : "their nodes are not reached, or not at this block yet");
      }
      answer("out", out.toString());
      answer("height", height);
      answer("signedBy", signers);
      answer("notSignedBy", missing);
      return Exit.OK;
    }
  }

  /** What reads an export needs. */
  abstract static class OfBlocks extends Command {
    @Option(
        names = "--blocks",
        paramLabel = "DIR",
        required = true,
        description = "The exported directory.")
    Path blocks = Path.of("");

    @Option(
        names = "--root",
        paramLabel = "FILE",
        required = true,
        description = "The space authority's certificate, PEM: all that is trusted.")
    Path root = Path.of("");

    @Option(
        names = "--head",
        paramLabel = "FILE",
        description = "Signed heads in another file than the export's.")
    @Nullable Path head;

    final LedgerAudit audit() throws IOException {
      X509Certificate certificate =
          Pem.decodeCertificate(TextFile.read(root), "the root in " + root);
      return new LedgerAudit(new LedgerExport(blocks), certificate, Optional.ofNullable(head));
    }
  }

  @CommandLine.Command(
      name = "verify",
      description = "Verifies an export from its files alone. Any finding: exit code 1.")
  static final class Verify extends OfBlocks {
    @Override
    protected int run(Output output) throws Exception {
      AuditReport report = audit().report();
      json(report).forEach(this::answer);
      output.line(
          "%d blocks, head %s: %s",
          report.height(),
          report.headHash(),
          report.holds()
              ? "everything holds"
              : Words.count(report.findings().size(), "finding", "findings"));
      for (Finding finding : report.findings()) {
        output.line("%s: %s (%s)", finding.place(), finding.message(), finding.code());
        finding.jobId().ifPresent(job -> output.line("    job %s", job));
      }
      for (GrantBalance balance : report.balances()) {
        output.line(
            "grant %s of %s: %d of %d used, %d reserved, %d given back",
            balance.grant(),
            balance.owner(),
            balance.used(),
            balance.limit(),
            balance.reserved(),
            balance.released());
      }
      report.trusts().forEach(trust -> output.line("trusting %s", trust));
      return report.holds() ? Exit.OK : Exit.DOES_NOT_HOLD;
    }
  }

  @CommandLine.Command(name = "job", description = "Tells the story of a job from an export.")
  static final class Job extends OfBlocks {
    @Parameters(paramLabel = "ID", description = "The job's id.")
    String id = "";

    @Override
    protected int run(Output output) throws Exception {
      Digest jobId = Digest.parse(id.startsWith("sha256:") ? id : "sha256:" + id);
      LedgerAudit audit = audit();
      String story =
          audit
              .story(jobId)
              .orElseThrow(() ->
                  new CommandException(
                      Exit.USAGE,
                      "audit.noJob",
                      "the export in "
                          + blocks
                          + " knows no job "
                          + id
                          + "; it knows "
                          + audit.jobs().size()
                          + " others"));
      output.line("%s", story.stripTrailing());
      answer("jobId", jobId.text());
      answer("story", story.lines().toList());
      return Exit.OK;
    }
  }
}
