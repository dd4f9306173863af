package org.tidegate.ledger.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Evidence of one job in one file, which anybody verifies who has the space authority's
 * certificate: the transactions that matter for the job with the blocks in which they stand, the
 * data hashes of all other blocks (so that every header is linked from block 0 to the signed head),
 * and the heads.
 *
 * <p>What a bundle leaves out it cannot show to be harmless: that no transaction in the other
 * blocks touched the same keys is the word of the majority that endorsed these transactions on
 * these versions. A whole bundle leaves out nothing.
 */
public final class EvidenceBundle {
  private final AuditReport report;
  private final Optional<Digest> jobId;
  private final Optional<String> story;

  private EvidenceBundle(AuditReport report, Optional<Digest> jobId, Optional<String> story) {
    this.report = report;
    this.jobId = jobId;
    this.story = story;
  }

  /** What was found, under the codes of an audit and {@code bundle.altered}. */
  public AuditReport report() {
    return report;
  }

  /** The job that the bundle is about; empty where the file was altered. */
  public Optional<Digest> jobId() {
    return jobId;
  }

  /** What the ledger tells about the job, or empty. */
  public Optional<String> story() {
    return story;
  }

  /**
   * How much a bundle took.
   *
   * @param blocks blocks that it holds
   * @param transactions transactions that matter
   * @param height blocks of the chain
   */
  public record Size(int blocks, int transactions, long height) {}

  /**
   * Writes a bundle. What does not hold on the chain goes in as it is: it is evidence too.
   *
   * @param export the chain
   * @param jobId the job
   * @param whole whether every transaction of the chain goes in
   * @param file where to
   * @throws AuditInputException if the export cannot be read or knows no such job
   */
  public static Size write(LedgerExport export, Digest jobId, boolean whole, Path file)
      throws IOException {
    SortedMap<Long, SortedSet<Integer>> selected = new EvidenceSelection(export, jobId).selected();
    if (whole) {
      selected = EvidenceSelection.whole(export);
    }
    long height = export.height();
    List<EvidenceFile.Part> parts = new ArrayList<>();
    parts.add(EvidenceFile.part(0, List.of(), export.read(0)));
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    int transactions = 0;
    for (long number = 1; number < height; number++) {
      byte[] bytes = export.read(number);
      hashes.writeBytes(
          EvidenceSelection.block(export, number).getHeader().getDataHash().toByteArray());
      List<Integer> of = EvidenceSelection.of(selected, number);
      if (!of.isEmpty() || whole) {
        parts.add(EvidenceFile.part(number, of, bytes));
        transactions += of.size();
      }
    }
    byte[] heads = LedgerExport.bytes(export.heads(Optional.empty()));
    EvidenceFile.write(
        file,
        new EvidenceFile.Manifest(jobId, height, whole, heads.length, parts),
        hashes.toByteArray(),
        heads,
        export::read);
    return new Size(parts.size(), transactions, height);
  }

  /**
   * Verifies a bundle from the file alone.
   *
   * @param file the bundle
   * @param root the space authority's certificate
   * @throws AuditInputException if the file is no bundle, or its block 0 no configuration
   */
  public static EvidenceBundle verify(Path file, X509Certificate root) {
    try {
      Optional<Finding> altered = altered(file);
      return altered.isPresent()
          ? new EvidenceBundle(
              new AuditReport(
                  0,
                  Digest.ofHash(new byte[32]),
                  List.of(),
                  List.of(altered.get()),
                  List.of(),
                  List.of(),
                  List.of()),
              Optional.empty(),
              Optional.empty())
          : new Verification(file, root).run();
    } catch (IOException e) {
      throw new AuditInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether the file is not as it was written, and in which block that shows. */
  private static Optional<Finding> altered(Path file) throws IOException {
    if (EvidenceFile.isIntact(file)) {
      return Optional.empty();
    }
    long block = 0;
    try (EvidenceFile.Reader reader = new EvidenceFile.Reader(file)) {
      reader.hashes();
      reader.heads();
      for (EvidenceFile.Part part : reader.manifest().blocks()) {
        block = part.number();
        if (!Digest.of(reader.block(part)).equals(part.sha256())) {
          break;
        }
        block = 0;
      }
    } catch (IOException | RecordException e) {
      // It does not even parse; nothing more can be said of where.
      return Optional.of(alteredAt(block));
    }
    return Optional.of(alteredAt(block));
  }

  private static Finding alteredAt(long block) {
    return new Finding(
        "bundle.altered",
        block,
        OptionalInt.empty(),
        Optional.empty(),
        "the bundle is not as it was written; nothing in it was looked at, ask for it again");
  }

  /** One reading of a bundle. */
  private static final class Verification {
    private final Path file;
    private final X509Certificate root;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Digest, List<LedgerEvent>> events = new HashMap<>();
    private long leftTransactions;

    Verification(Path file, X509Certificate root) {
      this.file = file;
      this.root = root;
    }

    EvidenceBundle run() throws IOException {
      try (EvidenceFile.Reader reader = new EvidenceFile.Reader(file)) {
        EvidenceFile.Manifest manifest = reader.manifest();
        List<byte[]> hashes = reader.hashes();
        byte[] heads = reader.heads();
        ChainAudit audit = blocks(reader, hashes);
        Optional<SpaceStatement> space = audit.trustedSpace(findings);
        List<HeadWord> words = List.of();
        if (space.isPresent()) {
          HeadChecks checks = new HeadChecks(space.get(), audit.hashes());
          findings.addAll(checks.findings(LedgerExport.heads(heads)));
          findings.addAll(audit.times().end(checks.latest()));
          words = checks.words();
        }
        Digest jobId = manifest.jobId();
        if (audit.jobs().of(jobId).isEmpty()) {
          findings.add(
              new Finding(
                  "bundle.noJob",
                  0,
                  OptionalInt.empty(),
                  Optional.of(jobId),
                  "the bundle holds no valid reservation of the job that it is said to be about"));
        }
        // Of other jobs only what matters for this one is here: they cannot be judged.
        Set<Digest> judged = new HashSet<>(audit.jobs().jobs());
        if (!manifest.whole()) {
          judged.retainAll(Set.of(jobId));
        }
        JobChecks jobs = new JobChecks(audit.state(), audit.jobs(), judged, audit.lastTime());
        findings.addAll(jobs.findings());
        findings.sort(LedgerAudit.ORDER);
        List<String> trusts = new ArrayList<>(audit.trusts(space));
        long leftBlocks = manifest.height() - manifest.blocks().size();
        if (leftTransactions + leftBlocks > 0) {
          trusts.add(
              ("the majority that endorsed: that what was left out (%d of %d blocks, and %d"
                      + " transactions in the others) touched nothing that these touch")
                  .formatted(leftBlocks, manifest.height(), leftTransactions));
        }
        return new EvidenceBundle(
            new AuditReport(
                manifest.height(),
                audit.hashes().last(),
                trusts,
                findings,
                manifest.whole() ? jobs.balances() : List.of(),
                manifest.whole() ? jobs.usage() : List.of(),
                words),
            Optional.of(jobId),
            AuditStory.tell(jobId, audit.state(), events.getOrDefault(jobId, List.of())));
      } catch (RecordException e) {
        throw new AuditInputException(
            file + " is no bundle as this version writes it: " + e.getMessage(), e);
      }
    }

    private ChainAudit blocks(EvidenceFile.Reader reader, List<byte[]> hashes) throws IOException {
      List<EvidenceFile.Part> parts = reader.manifest().blocks();
      ChainAudit audit = genesis(reader.block(parts.getFirst()));
      long next = 1;
      for (EvidenceFile.Part part : parts.subList(1, parts.size())) {
        while (next < part.number()) {
          skip(audit, hashes, next++);
        }
        byte[] bytes = reader.block(part);
        try {
          block(audit, Block.parseFrom(bytes), part);
        } catch (InvalidProtocolBufferException e) {
          findings.add(
              new Finding(
                  "block.unreadable",
                  next,
                  OptionalInt.empty(),
                  Optional.empty(),
                  "this block does not parse; its transactions were not looked at"));
          skip(audit, hashes, next);
        }
        next++;
      }
      while (next < reader.manifest().height()) {
        skip(audit, hashes, next++);
      }
      return audit;
    }

    private void skip(ChainAudit audit, List<byte[]> hashes, long number) {
      audit.skip(hashes.get(Math.toIntExact(number - 1)));
    }

    private void block(ChainAudit audit, Block block, EvidenceFile.Part part) {
      Set<Integer> matter = new HashSet<>(part.transactions());
      leftTransactions += block.getData().getDataCount() - matter.size();
      findings.addAll(audit.next(block, audit.chain().check(block, matter)));
      for (int at : part.transactions()) {
        if (at < block.getData().getDataCount()) {
          ChainAudit.event(block, at)
              .ifPresent(event ->
                  event
                      .jobId()
                      .ifPresent(jobId ->
                          events.computeIfAbsent(jobId, key -> new ArrayList<>()).add(event)));
        }
      }
    }

    private ChainAudit genesis(byte[] bytes) {
      try {
        return new ChainAudit(Block.parseFrom(bytes), root);
      } catch (InvalidProtocolBufferException | BlockFormatException e) {
        throw new AuditInputException(
            "block 0 in " + file + " is no configuration of a space: " + e.getMessage(), e);
      }
    }
  }
}
