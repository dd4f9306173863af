package org.tidegate.ledger.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockValidator;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Audits an export, trusting the space authority's certificate and nothing else.
 *
 * <p>The authority signed, in the ledger's first transaction, the hash of block 0; block 0 says who
 * the members are and how many of them endorse; from there on every block, signature, policy and
 * read is verified, and every transaction run again. Blocks are read one after the other, a few
 * ahead of the one that is looked at so that all cores have signatures to check, and none is kept.
 */
public final class LedgerAudit {
  private static final long AHEAD_BYTES = 16L << 20;
  private static final int AHEAD_BLOCKS = 64;

  private final LedgerExport export;
  private final long height;
  private final List<Finding> findings = new ArrayList<>();
  private final ChainAudit audit;
  private final AuditReport report;

  /** As {@link #LedgerAudit(LedgerExport, X509Certificate, Optional, int)}, with all cores. */
  public LedgerAudit(LedgerExport export, X509Certificate root, Optional<Path> heads) {
    this(export, root, heads, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Reads and checks the whole export.
   *
   * @param export the exported chain
   * @param root the space authority's certificate
   * @param heads signed heads in another file than the export's {@code head.json}, or empty
   * @param workers how many threads check signatures and run transactions again
   * @throws AuditInputException when there is no export there, or block 0 or the heads cannot be
   *     read: without them nothing can be said
   */
  public LedgerAudit(LedgerExport export, X509Certificate root, Optional<Path> heads, int workers) {
    this.export = export;
    height = export.height();
    audit = genesis(export, root);
    try (ForkJoinPool pool = new ForkJoinPool(workers)) {
      boolean readToTheEnd = new Reader(pool).run() && !gap();
      Optional<SpaceStatement> space = audit.trustedSpace(findings);
      List<HeadWord> words = List.of();
      if (space.isPresent() && readToTheEnd) {
        HeadChecks checks = new HeadChecks(space.get(), audit.hashes());
        findings.addAll(checks.findings(export.heads(heads)));
        findings.addAll(audit.times().end(checks.latest()));
        words = checks.words();
      }
      JobChecks jobs =
          pool.submit(() -> new JobChecks(audit.state(), audit.jobs(), audit.lastTime())).join();
      findings.addAll(jobs.findings());
      findings.sort(ORDER);
      report =
          new AuditReport(
              height,
              audit.hashes().last(),
              audit.trusts(space),
              findings,
              jobs.balances(),
              jobs.usage(),
              words);
    }
  }

  /** By block, and in it by transaction. */
  static final Comparator<Finding> ORDER =
      Comparator.comparingLong(Finding::block).thenComparingInt(finding -> finding.tx().orElse(-1));

  /** What was found. */
  public AuditReport report() {
    return report;
  }

  /** What the ledger tells about a job, as text, or empty where it knows no such job. */
  public Optional<String> story(Digest jobId) {
    List<LedgerEvent> events = new ArrayList<>();
    for (JobIndex.Place place : audit.jobs().of(jobId)) {
      try {
        ChainAudit.event(Block.parseFrom(export.read(place.block())), place.index())
            .ifPresent(events::add);
      } catch (InvalidProtocolBufferException e) {
        throw new AuditInputException(
            "block " + place.block() + " was changed while it was being audited", e);
      }
    }
    return AuditStory.tell(jobId, audit.state(), events);
  }

  /** The jobs in the order of their reservations. */
  public List<Digest> jobs() {
    return List.copyOf(audit.jobs().jobs());
  }

  /**
   * Where a job's transactions stand.
   *
   * @return block numbers, ascending; none where the ledger knows no such job
   */
  List<JobIndex.Place> places(Digest jobId) {
    return audit.jobs().of(jobId);
  }

  private static ChainAudit genesis(LedgerExport export, X509Certificate root) {
    try {
      return new ChainAudit(Block.parseFrom(export.read(0)), root);
    } catch (InvalidProtocolBufferException | BlockFormatException e) {
      throw new AuditInputException(
          "block 0 of "
              + export.directory()
              + " is damaged: "
              + e.getMessage()
              + "; without it no signature can be checked, export again",
          e);
    }
  }

  /** Brings the blocks in order, with what each transaction is worth checked ahead. */
  private final class Reader {
    private final ForkJoinPool pool;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private long bytesAhead;
    private long next = 1;
    private boolean readable = true;

    Reader(ForkJoinPool pool) {
      this.pool = pool;
    }

    private record Ahead(
        Block block, int bytes, ForkJoinTask<List<BlockValidator.Verdict>> checked) {}

    /** Audits all blocks; false if one could not be read. */
    boolean run() {
      fill();
      while (!ahead.isEmpty()) {
        Ahead first = ahead.removeFirst();
        bytesAhead -= first.bytes();
        List<BlockValidator.Verdict> checked = first.checked().join();
        fill();
        findings.addAll(pool.submit(() -> audit.next(first.block(), checked)).join());
      }
      return readable;
    }

    private void fill() {
      while (readable
          && next < height
          && ahead.size() < AHEAD_BLOCKS
          && (ahead.isEmpty() || bytesAhead < AHEAD_BYTES)) {
        byte[] bytes = export.read(next);
        try {
          Block block = Block.parseFrom(bytes);
          ahead.addLast(
              new Ahead(block, bytes.length, pool.submit(() -> audit.chain().check(block))));
          bytesAhead += bytes.length;
          next++;
        } catch (InvalidProtocolBufferException e) {
          readable = false;
          findings.add(
              new Finding(
                  "block.unreadable",
                  next,
                  OptionalInt.empty(),
                  Optional.empty(),
                  "the file of this block is damaged ("
                      + e.getMessage()
                      + "); what follows it was not checked"));
        }
      }
    }
  }

  /** Whether blocks are missing before the last that is there. */
  private boolean gap() {
    boolean gap = export.hasBlocksAfter(height);
    if (gap) {
      findings.add(
          new Finding(
              "block.missing",
              height,
              OptionalInt.empty(),
              Optional.empty(),
              "this block is missing from the export, later ones are there; what follows was not"
                  + " checked"));
    }
    return gap;
  }
}
