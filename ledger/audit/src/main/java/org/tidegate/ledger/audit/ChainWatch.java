package org.tidegate.ledger.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.SignedHead;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Audits a chain as it grows and announces each finding once.
 *
 * <p>After a crash it verifies again from block 0: a saved state would have to be believed, the
 * chain is not. The checkpoint file says only what was announced already and which heads were seen;
 * a chain that has another block where one was seen before has been rewritten. One thread.
 */
public final class ChainWatch implements AutoCloseable {
  private final ChainAudit audit;
  private final WatchJournal journal;
  private final Consumer<Finding> alarm;
  private final NavigableMap<Instant, Set<Digest>> expiries = new TreeMap<>();
  private final int before;
  private long next = 1;

  /**
   * Begins, or goes on.
   *
   * @param genesis block 0
   * @param root the space authority's certificate
   * @param checkpoint where announced findings stand; created if it is not there
   * @param alarm is told of each finding, after it stands in the checkpoint
   * @throws AuditInputException if block 0 is no configuration or the checkpoint is of another
   *     chain
   */
  public ChainWatch(
      byte[] genesis, X509Certificate root, Path checkpoint, Consumer<Finding> alarm) {
    try {
      audit = new ChainAudit(Block.parseFrom(genesis), root);
    } catch (InvalidProtocolBufferException | BlockFormatException e) {
      throw new AuditInputException("block 0 is no configuration of a space: " + e.getMessage(), e);
    }
    this.alarm = alarm;
    journal =
        new WatchJournal(
            checkpoint, Digest.of(audit.hashes().last().bytes(), Signatures.digest(root).bytes()));
    before = journal.findings().size();
  }

  /** Number of blocks verified, block 0 included. */
  public long height() {
    return next;
  }

  /** Hash of the last block's header. */
  public Digest headHash() {
    return audit.hashes().last();
  }

  /** All findings announced, those before a restart first. */
  public List<Finding> findings() {
    return List.copyOf(journal.findings());
  }

  /** How many findings were announced before this watch began. */
  public int announcedBefore() {
    return before;
  }

  /**
   * Verifies the next block.
   *
   * @param bytes protobuf bytes of the block after the last
   * @return false if they are no block: nothing was changed, more of it may come
   */
  public boolean next(byte[] bytes) {
    Block block;
    try {
      block = Block.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
    List<Finding> findings = new ArrayList<>(audit.next(block, audit.chain().check(block)));
    next++;
    findings.addAll(jobs());
    journal
        .head(next)
        .filter(seen -> !seen.equals(audit.hashes().last()))
        .ifPresent(seen ->
            findings.add(
                new Finding(
                    "watch.rewritten",
                    next - 1,
                    OptionalInt.empty(),
                    Optional.empty(),
                    "this block had the hash "
                        + seen
                        + " when it was seen first, now it has "
                        + audit.hashes().last())));
    findings.forEach(this::announce);
    return true;
  }

  /** Announces that the next block cannot be read and the watch goes no further. */
  public void unreadable() {
    announce(
        new Finding(
            "block.unreadable",
            next,
            OptionalInt.empty(),
            Optional.empty(),
            "this block is damaged; what follows it was not checked"));
  }

  /** Looks at signed heads, notes how far the chain was seen, and that the space is trusted. */
  public void heads(List<SignedHead> heads) {
    List<Finding> findings = new ArrayList<>();
    if (next > 1) {
      Optional<SpaceStatement> space = audit.trustedSpace(findings);
      if (space.isPresent()) {
        new HeadChecks(space.get(), audit.hashes())
            .findings(heads).stream()
                // A head ahead of us, or none for this block yet, is how a growing chain looks.
                .filter(finding ->
                    finding.code().equals("head.fork") || finding.code().equals("head.signature"))
                .forEach(findings::add);
      }
    }
    findings.forEach(this::announce);
    journal.add(next, audit.hashes().last());
  }

  /** Findings on the jobs that this block is about, and those whose time it ends. */
  private List<Finding> jobs() {
    Set<Digest> touched = new HashSet<>();
    for (LedgerEvent event : audit.events()) {
      event.jobId().ifPresent(touched::add);
      if (event.function().equals("reserve")) {
        expires(event);
      }
    }
    NavigableMap<Instant, Set<Digest>> expired = expiries.headMap(audit.lastTime(), false);
    expired.values().forEach(touched::addAll);
    expired.clear();
    touched.retainAll(audit.jobs().jobs());
    List<Finding> findings =
        new ArrayList<>(
            new JobChecks(audit.state(), audit.jobs(), touched, audit.lastTime()).findings());
    findings.sort(LedgerAudit.ORDER.thenComparing(Finding::code).thenComparing(Finding::message));
    return findings;
  }

  private void expires(LedgerEvent event) {
    try {
      Reservation reservation = Reservation.fromJson(event.request());
      expiries
          .computeIfAbsent(reservation.expires(), key -> new HashSet<>())
          .add(reservation.jobId());
    } catch (RecordException e) {
      // Its transaction has its finding already.
      return;
    }
  }

  private void announce(Finding finding) {
    if (journal.add(finding)) {
      alarm.accept(finding);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
