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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.Pem;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.EvidenceBundle;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.GrantBalance;
import org.tidegate.ledger.audit.HtmlReport;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.records.Digest;
import org.tidegate.proto.admin.v1.ExportBlocksRequest;
import org.tidegate.proto.admin.v1.ExportChunk;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate audit export|verify|job}; the others have classes of their own. */
public final class AuditCommands {
  static final long EXPORT_SECONDS = 3_600;
  private static final int MAX_WORKERS = 1_024;

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
    List<Map<String, Object>> findings =
        report.findings().stream().map(AuditCommands::json).toList();
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

  /** A finding as it stands in machine output. */
  static Map<String, Object> json(Finding finding) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("code", finding.code());
    entry.put("block", finding.block());
    entry.put("tx", finding.tx().isPresent() ? finding.tx().getAsInt() : null);
    entry.put("jobId", finding.jobId().map(Digest::text).orElse(null));
    entry.put("message", finding.message());
    return entry;
  }

  @CommandLine.Command(
      name = "audit",
      description = "What the ledger proves.",
      subcommands = {
        Export.class,
        Verify.class,
        Job.class,
        AuditBundleCommand.class,
        AuditWatchCommand.class
      },
      synopsisSubcommandLabel = "(export | verify | job | bundle | watch)")
  static final class Audit extends Group {}

  @CommandLine.Command(
      name = "export",
      description = "Writes a node's copy of the chain, and signed heads, into a directory.",
      footer = {"", "  tidegate audit export --node space/bank --out export"})
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

    final LedgerAudit audit() {
      return new LedgerAudit(new LedgerExport(blocks), root(root), Optional.ofNullable(head));
    }
  }

  @CommandLine.Command(
      name = "verify",
      description = {
        "Verifies an export, or a bundle, from its files alone. Any finding: exit code 1.",
        "Nothing is trusted but the root: who the members are follows from it."
      },
      footer = {
        "",
        "  tidegate audit verify --blocks export --root root.pem",
        "  tidegate audit verify --blocks export --root root.pem --html report.html",
        "  tidegate audit verify --bundle job.evidence --root root.pem --json -"
      })
  static final class Verify extends Command {
    @ArgGroup(multiplicity = "1")
    Source source = new Source();

    static final class Source {
      @Option(names = "--blocks", paramLabel = "DIR", description = "The exported directory.")
      @Nullable Path blocks;

      @Option(
          names = "--bundle",
          paramLabel = "FILE",
          description = "A job's evidence, as 'audit bundle' writes it.")
      @Nullable Path bundle;
    }

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

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Also write the result as a page for people, with pictures.")
    @Nullable Path html;

    @Option(
        names = "--workers",
        paramLabel = "N",
        description = "Threads that verify; all cores without it.")
    int workers = Runtime.getRuntime().availableProcessors();

    @Override
    protected int run(Output output) throws Exception {
      if (workers < 1 || workers > MAX_WORKERS) {
        throw new CommandException(
            Exit.USAGE, "cli.usage", "--workers " + workers + "; expected 1 to " + MAX_WORKERS);
      }
      X509Certificate certificate = root(root);
      Path blocks = source.blocks;
      AuditReport report =
          blocks != null
              ? new LedgerAudit(
                      new LedgerExport(blocks), certificate, Optional.ofNullable(head), workers)
                  .report()
              : bundle(output, certificate);
      json(report).forEach(this::answer);
      print(output, report);
      if (html != null) {
        write(html, HtmlReport.of(report));
        output.note("The report as a page: %s", html);
      }
      return report.holds() ? Exit.OK : Exit.DOES_NOT_HOLD;
    }

    private AuditReport bundle(Output output, X509Certificate certificate) {
      if (head != null) {
        throw new CommandException(
            Exit.USAGE, "cli.usage", "--head goes with --blocks; a bundle has its heads in it");
      }
      EvidenceBundle bundle =
          EvidenceBundle.verify(Objects.requireNonNull(source.bundle), certificate);
      bundle.jobId().ifPresent(jobId -> answer("jobId", jobId.text()));
      bundle
          .story()
          .ifPresent(story -> {
            answer("story", story.lines().toList());
            output.line("%s", story.stripTrailing());
          });
      return bundle.report();
    }

    private static void write(Path file, String page) {
      try {
        Files.writeString(file, page);
      } catch (IOException e) {
        throw new CommandException(
            Exit.USAGE,
            "cli.file",
            "the page " + file + " cannot be written: " + Failures.reason(e));
      }
    }
  }

  /** The root certificate in a file. */
  static X509Certificate root(Path file) {
    return Pem.decodeCertificate(TextFile.read(file), "the root in " + file);
  }

  /** A finding in words. */
  static void print(Output output, Finding finding) {
    output.line("%s: %s (%s)", finding.place(), finding.message(), finding.code());
    finding.jobId().ifPresent(job -> output.line("    job %s", job));
  }

  private static void print(Output output, AuditReport report) {
    output.line(
        "%d blocks, head %s: %s",
        report.height(),
        report.headHash(),
        report.holds()
            ? "everything holds"
            : Words.count(report.findings().size(), "finding", "findings"));
    report.findings().forEach(finding -> print(output, finding));
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
  }

  @CommandLine.Command(
      name = "job",
      description = "Tells the story of a job from an export.",
      footer = {"", "  tidegate audit job --blocks export --root root.pem sha256:..."})
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
