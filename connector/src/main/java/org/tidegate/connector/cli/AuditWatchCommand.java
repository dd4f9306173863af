package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.ChainWatch;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.proto.admin.v1.ExportBlocksRequest;
import org.tidegate.proto.admin.v1.ExportChunk;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code tidegate audit watch}: verifies blocks as they come, and announces findings. */
@CommandLine.Command(
    name = "watch",
    description = {
      "Follows a chain, verifies each block as it comes, and prints every finding once.",
      "The checkpoint holds what was announced. After a crash the chain is verified again from"
          + " block 0, and what stands in the checkpoint is not announced again."
    },
    footer = {
      "",
      "  tidegate audit watch --node space/bank --checkpoint bank.watch",
      "  tidegate audit watch --blocks export --root root.pem --checkpoint export.watch --once"
    })
final class AuditWatchCommand extends Command {
  @ArgGroup(multiplicity = "1")
  Source source = new Source();

  static final class Source {
    @Option(names = "--node", paramLabel = "HOME", description = "The home of the node to follow.")
    @Nullable Path node;

    @Option(
        names = "--blocks",
        paramLabel = "DIR",
        description = "An exported directory, to which blocks may be added.")
    @Nullable Path blocks;
  }

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description = "The space authority's certificate, PEM; with --node, its own space's.")
  @Nullable Path root;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      required = true,
      description = "What was announced so far; created if it is not there.")
  Path checkpoint = Path.of("");

  @Option(names = "--once", description = "End when there are no more blocks.")
  boolean once;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "How long to wait for more blocks; 2 without it.")
  int interval = 2;

  /** Where blocks come from. */
  private interface Blocks extends AutoCloseable {
    byte[] genesis();

    /** Hands the blocks that there are to the watch; false if the next one is damaged. */
    boolean follow(ChainWatch watch) throws IOException;

    @Override
    void close();
  }

  @Override
  protected int run(Output output) throws Exception {
    if (interval < 1) {
      throw new CommandException(
          Exit.USAGE, "cli.usage", "--interval " + interval + "; expected 1 or more");
    }
    try (Blocks blocks = open();
        ChainWatch watch =
            new ChainWatch(
                blocks.genesis(),
                trusted(blocks),
                checkpoint,
                finding -> AuditCommands.print(output, finding))) {
      if (watch.announcedBefore() > 0) {
        Finding last = watch.findings().getLast();
        output.note(
            "Announced before: %s, the last %s, %s.",
            Words.count(watch.announcedBefore(), "finding", "findings"), last.code(), last.place());
      }
      boolean readable = blocks.follow(watch);
      output.note("%d blocks verified, head %s.", watch.height(), watch.headHash());
      while (readable && !once) {
        Thread.sleep(Duration.ofSeconds(interval));
        long before = watch.height();
        readable = blocks.follow(watch);
        if (watch.height() > before) {
          output.note("%d blocks verified, head %s.", watch.height(), watch.headHash());
        }
      }
      if (!readable) {
        watch.unreadable();
      }
      answer("height", watch.height());
      answer("headHash", watch.headHash().text());
      answer("announcedBefore", watch.announcedBefore());
      answer("findings", watch.findings().stream().map(AuditCommands::json).toList());
      return watch.findings().isEmpty() ? Exit.OK : Exit.DOES_NOT_HOLD;
    }
  }

  private Blocks open() {
    return source.blocks != null
        ? new Directory(new LedgerExport(source.blocks), once)
        : new Node(new NodeClient(Objects.requireNonNull(source.node)));
  }

  private X509Certificate trusted(Blocks blocks) {
    if (root != null) {
      return AuditCommands.root(root);
    }
    if (blocks instanceof Node node) {
      return node.client().home().space().authority();
    }
    throw new CommandException(
        Exit.USAGE, "cli.usage", "--blocks needs --root, the space authority's certificate");
  }

  private record Directory(LedgerExport export, boolean complete) implements Blocks {
    @Override
    public byte[] genesis() {
      return export.read(0);
    }

    @Override
    public boolean follow(ChainWatch watch) {
      long height = export.height();
      while (watch.height() < height) {
        if (!watch.next(export.read(watch.height()))) {
          // The last block may be in the middle of being copied.
          return !complete && watch.height() == height - 1;
        }
      }
      watch.heads(export.heads(Optional.empty()));
      return true;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private record Node(NodeClient client) implements Blocks {
    @Override
    public byte[] genesis() {
      return client.home().space().genesis().block();
    }

    @Override
    public boolean follow(ChainWatch watch) {
      return client.call(
          AuditCommands.EXPORT_SECONDS,
          stub -> {
            Iterator<ExportChunk> chunks =
                stub.exportBlocks(ExportBlocksRequest.newBuilder().setFrom(watch.height()).build());
            while (chunks.hasNext()) {
              ExportChunk chunk = chunks.next();
              byte[] content = chunk.getContent().toByteArray();
              if (chunk.getName().equals(LedgerExport.HEAD_FILE)) {
                watch.heads(LedgerExport.heads(content));
              } else if (!watch.next(content)) {
                return false;
              }
            }
            return true;
          });
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
