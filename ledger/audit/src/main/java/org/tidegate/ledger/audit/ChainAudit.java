package org.tidegate.ledger.audit;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
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
 * The audit of a chain block by block, whoever brings the blocks: links, signatures, policy and
 * reads by {@link ChainVerifier}, then every valid transaction run again. Takes one block at a time
 * and keeps none. One thread, but for {@link #chain()}'s checks ahead.
 */
final class ChainAudit {
  /** The block in which the space's statement must stand: no other transaction is valid before. */
  private static final long FIRST_TRANSACTION = 1;

  private final X509Certificate root;
  private final ChainVerifier chain;
  private final ContractReplay replay;
  private final JobIndex jobs = new JobIndex();
  private final TimeChecks times = new TimeChecks();
  private final HeaderHashes hashes = new HeaderHashes();
  private final List<LedgerEvent> events = new ArrayList<>();
  private Optional<Signed<SpaceStatement>> space = Optional.empty();
  private Instant lastTime = Instant.EPOCH;

  /**
   * @param genesis block 0
   * @param root the space authority's certificate
   * @throws BlockFormatException if block 0 is no configuration of a space
   */
  ChainAudit(Block genesis, X509Certificate root) throws BlockFormatException {
    this.root = root;
    chain = new ChainVerifier(genesis, TidegateContract.NAME);
    replay = new ContractReplay(chain.config().channel(), Signatures.digest(root));
    hashes.add(chain.genesisHash());
  }

  /** For checks ahead of {@link #next}. */
  ChainVerifier chain() {
    return chain;
  }

  HeaderHashes hashes() {
    return hashes;
  }

  RecordState state() {
    return replay.state();
  }

  JobIndex jobs() {
    return jobs;
  }

  /** The valid transactions of the last block. */
  List<LedgerEvent> events() {
    return events;
  }

  TimeChecks times() {
    return times;
  }

  /** The latest time of a valid transaction. */
  Instant lastTime() {
    return lastTime;
  }

  /**
   * Audits the next block.
   *
   * @param checked what {@link ChainVerifier#check} returned for it
   * @return what does not hold; a finding on time may be about an earlier block
   */
  List<Finding> next(Block block, List<BlockValidator.Verdict> checked) {
    VerifiedBlock verified = chain.next(block, checked);
    hashes.add(verified.headerHash());
    List<Finding> findings = new ArrayList<>();
    for (VerifiedBlock.Problem problem : verified.problems()) {
      boolean whole = problem.transaction() < 0;
      findings.add(
          new Finding(
              problem.code(),
              verified.number(),
              whole ? OptionalInt.empty() : OptionalInt.of(problem.transaction()),
              whole ? Optional.empty() : jobId(verified.verdicts().get(problem.transaction())),
              problem.message()));
    }
    events.clear();
    List<ReplayTransaction> valid = new ArrayList<>();
    for (int at = 0; at < verified.verdicts().size(); at++) {
      BlockValidator.Verdict verdict = verified.verdicts().get(at);
      transaction(verified.number(), at, verdict, findings).ifPresent(valid::add);
    }
    List<Optional<Finding>> replayed = replay.apply(valid);
    for (int i = 0; i < valid.size(); i++) {
      replayed.get(i).ifPresent(findings::add);
      event(valid.get(i), replayed.get(i).isEmpty(), findings);
    }
    return findings;
  }

  /** Takes the next block by its data hash alone. */
  void skip(byte[] dataHash) {
    hashes.add(chain.skip(dataHash));
  }

  private void event(ReplayTransaction tx, boolean holds, List<Finding> findings) {
    Optional<LedgerEvent> event = tx.event();
    findings.addAll(
        times.next(tx.block(), tx.index(), event.flatMap(LedgerEvent::jobId), tx.time()));
    event.ifPresent(jobs::add);
    event.ifPresent(events::add);
    if (holds && event.isPresent() && event.get().function().equals("putSpace")) {
      // A statement that stands against the rules has its finding, and is not what counts.
      space = replay.state().get(Keys.SPACE, SpaceStatement::signedFromJson);
    }
  }

  /** What is to be run again, or empty; what is found without running it goes to the findings. */
  private Optional<ReplayTransaction> transaction(
      long block, int at, BlockValidator.Verdict verdict, List<Finding> findings) {
    EndorserTransaction transaction = verdict.transaction();
    switch (verdict.code()) {
      case VALID -> {
        return transaction == null ? Optional.empty() : valid(block, at, transaction, findings);
      }
      case MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, NOT_VALIDATED -> {
        // Two honest transactions raced and one lost; it wrote nothing. Or it is not looked at.
      }
      case DUPLICATE_TXID ->
          findings.add(
              new Finding(
                  "tx.replayed",
                  block,
                  OptionalInt.of(at),
                  jobId(verdict),
                  "this transaction stands on the chain before and was put there again; it wrote"
                      + " nothing"));
      default ->
          findings.add(
              new Finding(
                  "tx.invalid",
                  block,
                  OptionalInt.of(at),
                  jobId(verdict),
                  "this transaction is invalid and wrote nothing: "
                      + verdict.code()
                      + (verdict.why().isEmpty() ? "" : ", " + verdict.why())));
    }
    return Optional.empty();
  }

  private Optional<ReplayTransaction> valid(
      long block, int at, EndorserTransaction transaction, List<Finding> findings) {
    if (transaction.time().isAfter(lastTime)) {
      lastTime = transaction.time();
    }
    if (transaction.chaincode().equals(BlockValidator.LIFECYCLE)) {
      LifecycleChecks.problem(transaction.arguments())
          .ifPresent(problem ->
              findings.add(
                  new Finding(
                      "contract.definition",
                      block,
                      OptionalInt.of(at),
                      Optional.empty(),
                      problem)));
      return Optional.empty();
    }
    KVRWSet set = KVRWSet.getDefaultInstance();
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      if (namespace.name().equals(TidegateContract.NAME)) {
        set = namespace.set();
      } else if (namespace.set().getWritesCount() > 0) {
        findings.add(
            new Finding(
                "contract.namespace",
                block,
                OptionalInt.of(at),
                Optional.empty(),
                "this transaction writes outside the contract, in '" + namespace.name() + "'"));
      }
    }
    return Optional.of(replayed(block, at, transaction, set));
  }

  private static ReplayTransaction replayed(
      long block, int at, EndorserTransaction transaction, KVRWSet set) {
    return new ReplayTransaction(
        block,
        at,
        transaction.txId(),
        transaction.creator().toByteArray(),
        transaction.time(),
        arguments(transaction),
        set,
        transaction.action().getResponse().getPayload().toByteArray());
  }

  /** A transaction of a block as a reader sees it, or empty where it is none of the contract. */
  static Optional<LedgerEvent> event(Block block, int at) {
    try {
      return replayed(
              block.getHeader().getNumber(),
              at,
              EndorserTransaction.parse(block.getData().getData(at)),
              KVRWSet.getDefaultInstance())
          .event();
    } catch (BlockFormatException e) {
      return Optional.empty();
    }
  }

  private static List<byte[]> arguments(EndorserTransaction transaction) {
    return transaction.arguments().stream().map(ByteString::toByteArray).toList();
  }

  private static Optional<Digest> jobId(BlockValidator.Verdict verdict) {
    EndorserTransaction transaction = verdict.transaction();
    return transaction == null ? Optional.empty() : LedgerEvent.jobId(arguments(transaction));
  }

  /** The statement on the chain, when it is this authority's and names this block 0. */
  Optional<SpaceStatement> trustedSpace(List<Finding> findings) {
    Optional<Signed<SpaceStatement>> present =
        space.isPresent() ? space : replay.state().get(Keys.SPACE, SpaceStatement::signedFromJson);
    if (present.isEmpty()) {
      findings.add(
          distrust(FIRST_TRANSACTION, "the chain holds no statement of the space authority"));
      return Optional.empty();
    }
    Signed<SpaceStatement> signed = present.get();
    SpaceStatement statement = signed.body();
    if (!Signatures.digest(statement.authorityCertificate()).equals(Signatures.digest(root))
        || !signed.verify(root.getPublicKey())) {
      findings.add(
          distrust(
              FIRST_TRANSACTION,
              "the statement on the chain is by authority "
                  + Signatures.digest(statement.authorityCertificate())
                  + ", trusted is "
                  + Signatures.digest(root)));
      return Optional.empty();
    }
    if (!statement.genesisHash().equals(chain.genesisHash())) {
      findings.add(
          distrust(
              0,
              "the authority signed block 0 with the hash "
                  + statement.genesisHash()
                  + ", this one has "
                  + chain.genesisHash()));
      return Optional.empty();
    }
    return Optional.of(statement);
  }

  private static Finding distrust(long block, String message) {
    return new Finding("space.untrusted", block, OptionalInt.empty(), Optional.empty(), message);
  }

  /** What the result rests on. */
  List<String> trusts(Optional<SpaceStatement> trusted) {
    List<String> trusts = new ArrayList<>();
    trusts.add(
        "space authority "
            + root.getSubjectX500Principal().getName()
            + " "
            + Signatures.digest(root));
    trusted.ifPresent(statement ->
        trusts.add(
            "its statement of the members of '"
                + statement.space()
                + "': "
                + String.join(
                    ", ", statement.members().stream().map(member -> member.name()).toList())));
    return trusts;
  }
}
