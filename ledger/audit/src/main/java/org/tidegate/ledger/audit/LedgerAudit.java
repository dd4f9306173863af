package org.tidegate.ledger.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockValidator;
import org.tidegate.ledger.audit.block.ChainVerifier;
import org.tidegate.ledger.audit.block.EndorserTransaction;
import org.tidegate.ledger.audit.block.VerifiedBlock;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Audits an export, trusting the space authority's certificate and nothing else.
 *
 * <p>The authority signed, in the ledger's first transaction, the hash of block 0; block 0 says who
 * the members are and how many of them endorse; from there on every block, signature, policy and
 * read is verified, and every transaction run again.
 */
public final class LedgerAudit {
  /** The block in which the space's statement must stand: no other transaction is valid before. */
  private static final long FIRST_TRANSACTION = 1;

  private final X509Certificate root;
  private final LedgerExport export;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Digest> hashes = new ArrayList<>();
  private final long height;
  private Instant lastTime = Instant.EPOCH;
  private boolean readToTheEnd = true;
  private final ContractReplay replay;
  private final AuditReport report;

  /**
   * Reads and checks the whole export.
   *
   * @param export the exported chain
   * @param root the space authority's certificate
   * @param heads signed heads in another file than the export's {@code head.json}, or empty
   * @throws AuditInputException when there is no export there, or block 0 or the heads cannot be
   *     read: without them nothing can be said
   */
  public LedgerAudit(LedgerExport export, X509Certificate root, Optional<Path> heads) {
    this.export = export;
    this.root = root;
    height = export.height();
    ChainVerifier chain = genesis();
    hashes.add(chain.genesisHash());
    replay = new ContractReplay(chain.config().channel(), Signatures.digest(root));
    for (long number = 1; number < height && readToTheEnd; number++) {
      verify(chain, number);
    }
    gap();
    Optional<SpaceStatement> space = trustedSpace(chain);
    if (space.isPresent() && readToTheEnd) {
      findings.addAll(new HeadChecks(space.get(), hashes).findings(export.heads(heads)));
    }
    JobChecks jobs = new JobChecks(replay.state(), replay.events());
    findings.addAll(jobs.findings(lastTime));
    findings.sort(
        Comparator.comparingLong(Finding::block)
            .thenComparingInt(finding -> finding.tx().orElse(-1)));
    report = new AuditReport(height, hashes.getLast(), trusts(space), findings, jobs.balances());
  }

  /** What was found. */
  public AuditReport report() {
    return report;
  }

  /** What the ledger tells about a job, as text, or empty where it knows no such job. */
  public Optional<String> story(Digest jobId) {
    return AuditStory.tell(jobId, replay.state(), replay.events());
  }

  /** The jobs in the order of their reservations. */
  public List<Digest> jobs() {
    return replay.events().stream()
        .filter(event -> event.function().equals("reserve"))
        .flatMap(event -> event.jobId().stream())
        .distinct()
        .toList();
  }

  private ChainVerifier genesis() {
    try {
      return new ChainVerifier(Block.parseFrom(export.read(0)), TidegateContract.NAME);
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

  private void verify(ChainVerifier chain, long number) {
    Block block;
    try {
      block = Block.parseFrom(export.read(number));
    } catch (InvalidProtocolBufferException e) {
      readToTheEnd = false;
      add(
          "block.unreadable",
          number,
          OptionalInt.empty(),
          Optional.empty(),
          "the file of this block is damaged ("
              + e.getMessage()
              + "); what follows it was not checked");
      return;
    }
    VerifiedBlock verified = chain.next(block);
    hashes.add(verified.headerHash());
    for (VerifiedBlock.Problem problem : verified.problems()) {
      boolean whole = problem.transaction() < 0;
      add(
          problem.code(),
          number,
          whole ? OptionalInt.empty() : OptionalInt.of(problem.transaction()),
          whole ? Optional.empty() : jobId(verified.verdicts().get(problem.transaction())),
          problem.message());
    }
    for (int at = 0; at < verified.verdicts().size(); at++) {
      transaction(number, at, verified.verdicts().get(at));
    }
  }

  private void transaction(long block, int at, BlockValidator.Verdict verdict) {
    EndorserTransaction transaction = verdict.transaction();
    switch (verdict.code()) {
      case VALID -> {
        if (transaction != null) {
          apply(block, at, transaction);
        }
      }
      case MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT -> {
        // Two honest transactions raced and one lost; it wrote nothing.
      }
      case DUPLICATE_TXID ->
          add(
              "tx.replayed",
              block,
              OptionalInt.of(at),
              jobId(verdict),
              "this transaction stands on the chain before and was put there again; it wrote"
                  + " nothing");
      default ->
          add(
              "tx.invalid",
              block,
              OptionalInt.of(at),
              jobId(verdict),
              "this transaction is invalid and wrote nothing: "
                  + verdict.code()
                  + (verdict.why().isEmpty() ? "" : ", " + verdict.why()));
    }
  }

  private void apply(long block, int at, EndorserTransaction transaction) {
    if (transaction.time().isAfter(lastTime)) {
      lastTime = transaction.time();
    }
    if (transaction.chaincode().equals(BlockValidator.LIFECYCLE)) {
      LifecycleChecks.problem(transaction.arguments())
          .ifPresent(problem ->
              add("contract.definition", block, OptionalInt.of(at), Optional.empty(), problem));
      return;
    }
    KVRWSet set = KVRWSet.getDefaultInstance();
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      if (namespace.name().equals(TidegateContract.NAME)) {
        set = namespace.set();
      } else if (namespace.set().getWritesCount() > 0) {
        add(
            "contract.namespace",
            block,
            OptionalInt.of(at),
            Optional.empty(),
            "this transaction writes outside the contract, in '" + namespace.name() + "'");
      }
    }
    replay
        .apply(
            new ReplayTransaction(
                block,
                at,
                transaction.txId(),
                transaction.creator().toByteArray(),
                transaction.time(),
                arguments(transaction),
                set,
                transaction.action().getResponse().getPayload().toByteArray()))
        .ifPresent(findings::add);
  }

  private static List<byte[]> arguments(EndorserTransaction transaction) {
    return transaction.arguments().stream().map(ByteString::toByteArray).toList();
  }

  private static Optional<Digest> jobId(BlockValidator.Verdict verdict) {
    EndorserTransaction transaction = verdict.transaction();
    return transaction == null ? Optional.empty() : LedgerEvent.jobId(arguments(transaction));
  }

  private void gap() {
    if (export.hasBlocksAfter(height)) {
      add(
          "block.missing",
          height,
          OptionalInt.empty(),
          Optional.empty(),
          "this block is missing from the export, later ones are there; what follows was not"
              + " checked");
    }
  }

  /** The statement on the chain, when it is this authority's and names this block 0. */
  private Optional<SpaceStatement> trustedSpace(ChainVerifier chain) {
    Optional<Signed<SpaceStatement>> present =
        JobChecks.get(replay.state(), Keys.SPACE, SpaceStatement::signedFromJson);
    if (present.isEmpty()) {
      distrust(FIRST_TRANSACTION, "the chain holds no statement of the space authority");
      return Optional.empty();
    }
    Signed<SpaceStatement> signed = present.get();
    SpaceStatement space = signed.body();
    if (!Signatures.digest(space.authorityCertificate()).equals(Signatures.digest(root))
        || !signed.verify(root.getPublicKey())) {
      distrust(
          FIRST_TRANSACTION,
          "the statement on the chain is by authority "
              + Signatures.digest(space.authorityCertificate())
              + ", trusted is "
              + Signatures.digest(root));
      return Optional.empty();
    }
    if (!space.genesisHash().equals(chain.genesisHash())) {
      distrust(
          0,
          "the authority signed block 0 with the hash "
              + space.genesisHash()
              + ", this one has "
              + chain.genesisHash());
      return Optional.empty();
    }
    return Optional.of(space);
  }

  private void distrust(long block, String message) {
    add("space.untrusted", block, OptionalInt.empty(), Optional.empty(), message);
  }

  private List<String> trusts(Optional<SpaceStatement> space) {
    List<String> trusts = new ArrayList<>();
    trusts.add(
        "space authority "
            + root.getSubjectX500Principal().getName()
            + " "
            + Signatures.digest(root));
    space.ifPresent(statement ->
        trusts.add(
            "its statement of the members of '"
                + statement.space()
                + "': "
                + String.join(
                    ", ", statement.members().stream().map(member -> member.name()).toList())));
    return trusts;
  }

  private void add(
      String code, long block, OptionalInt tx, Optional<Digest> jobId, String message) {
    findings.add(new Finding(code, block, tx, jobId, message));
  }
}
