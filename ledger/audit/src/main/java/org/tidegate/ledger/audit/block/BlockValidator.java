package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a peer makes of each transaction at commit. They come in two steps: {@link
 * #check} looks at each transaction by itself (form, submitter's signature, transaction id,
 * proposal hash, endorsement policy), needs no state and uses all cores; {@link #decide} then goes
 * through them in order (duplicates, what was read), where a valid one is seen by those behind it.
 * Safe for any number of threads.
 */
public final class BlockValidator {
  private static final int MAX_ENDORSEMENTS = 100;

  /** Fabric's contract about contracts. */
  public static final String LIFECYCLE = "_lifecycle";

  private final ChannelConfig config;
  private final String chaincode;

  /**
   * @param config the channel's configuration
   * @param chaincode the only contract whose transactions are valid
   */
  public BlockValidator(ChannelConfig config, String chaincode) {
    this.config = config;
    this.chaincode = chaincode;
  }

  /**
   * One transaction's verdict.
   *
   * @param txId as claimed; empty where none could be read
   * @param code the verdict
   * @param transaction what was unpacked, or null where it could not be
   * @param why the reason of a refusal; empty for a valid one
   */
  public record Verdict(
      String txId, TxValidationCode code, @Nullable EndorserTransaction transaction, String why) {}

  /**
   * Validates the transactions of a block and applies the valid ones.
   *
   * @param block not block 0; its links are not checked here
   * @param state the state before the block; after it on return
   * @param isKnown whether a transaction id stands in an earlier block
   * @return one verdict a transaction, in order
   */
  public List<Verdict> validate(Block block, WorldState state, Predicate<String> isKnown) {
    WorldState.Batch batch = state.batch();
    List<Verdict> verdicts = decide(block, check(block), batch, isKnown);
    state.apply(batch);
    return verdicts;
  }

  /**
   * The first step: what each transaction is worth by itself. Signatures are checked on all cores.
   *
   * @return one verdict a transaction, in order; VALID means: as far as that goes
   */
  public List<Verdict> check(Block block) {
    return block.getData().getDataList().parallelStream().map(this::check).toList();
  }

  /**
   * The first step for some transactions of a block.
   *
   * @param only their indices; the verdict on the others is NOT_VALIDATED
   */
  List<Verdict> check(Block block, Set<Integer> only) {
    List<ByteString> envelopes = block.getData().getDataList();
    return IntStream.range(0, envelopes.size())
        .parallel()
        .mapToObj(at ->
            only.contains(at)
                ? check(envelopes.get(at))
                : new Verdict("", TxValidationCode.NOT_VALIDATED, null, ""))
        .toList();
  }

  /**
   * The second step: duplicates and reads.
   *
   * @param checked what {@link #check(Block)} returned for this block
   * @param batch over the state before the block; takes the writes of the valid transactions
   * @param isKnown whether a transaction id stands in an earlier block
   * @return one final verdict a transaction, in order
   */
  public List<Verdict> decide(
      Block block, List<Verdict> checked, WorldState.Batch batch, Predicate<String> isKnown) {
    List<Verdict> verdicts = new ArrayList<>(checked.size());
    Set<String> inBlock = new HashSet<>();
    for (Verdict verdict : checked) {
      Verdict decided = decide(verdict, batch, inBlock, isKnown);
      EndorserTransaction transaction = decided.transaction();
      if (decided.code() == TxValidationCode.VALID && transaction != null) {
        batch.add(
            transaction, new WorldState.Version(block.getHeader().getNumber(), verdicts.size()));
      }
      verdicts.add(decided);
    }
    return verdicts;
  }

  private static Verdict decide(
      Verdict checked, WorldState.Batch batch, Set<String> inBlock, Predicate<String> isKnown) {
    EndorserTransaction transaction = checked.transaction();
    boolean valid = checked.code() == TxValidationCode.VALID;
    // As Fabric does: a known id hides why else its endorsements would be refused.
    if (transaction == null
        || (!valid && checked.code() != TxValidationCode.ENDORSEMENT_POLICY_FAILURE)) {
      return checked;
    }
    if (isKnown.test(transaction.txId()) || (valid && !inBlock.add(transaction.txId()))) {
      return refused(
          transaction, TxValidationCode.DUPLICATE_TXID, "the transaction id stands already");
    }
    if (!valid) {
      return checked;
    }
    TxValidationCode reads = ReadCheck.check(transaction, batch);
    return reads == TxValidationCode.VALID
        ? checked
        : refused(transaction, reads, "what it read has changed since");
  }

  private Verdict check(ByteString envelope) {
    EndorserTransaction transaction;
    try {
      transaction = EndorserTransaction.parse(envelope);
    } catch (BlockFormatException e) {
      return new Verdict(
          EndorserTransaction.claimedTxId(envelope),
          TxValidationCode.BAD_PAYLOAD,
          null,
          String.valueOf(e.getMessage()));
    }
    if (!transaction.channel().equals(config.channel()) || transaction.epoch() != 0) {
      return refused(transaction, TxValidationCode.BAD_COMMON_HEADER, "another channel or epoch");
    }
    try {
      Identity creator =
          config
              .members()
              .verify(
                  transaction.creator(),
                  transaction.signedPayload().toByteArray(),
                  transaction.envelopeSignature(),
                  transaction.time());
      if (!creator.isMember()) {
        return refused(
            transaction,
            TxValidationCode.BAD_CREATOR_SIGNATURE,
            "a certificate of the units " + creator.units() + " may not submit");
      }
    } catch (GeneralSecurityException e) {
      return refused(transaction, TxValidationCode.BAD_CREATOR_SIGNATURE, e.getMessage());
    }
    if (!BlockHashes.txId(transaction.nonce(), transaction.creator()).equals(transaction.txId())) {
      return refused(
          transaction,
          TxValidationCode.BAD_PROPOSAL_TXID,
          "the transaction id is not the hash of nonce and creator");
    }
    if (!isOfItsProposal(transaction)) {
      return refused(
          transaction,
          TxValidationCode.INVALID_ENDORSER_TRANSACTION,
          "the endorsers saw another proposal");
    }
    String foreign = foreignNamespace(transaction);
    if (foreign != null) {
      return refused(transaction, TxValidationCode.ILLEGAL_WRITESET, foreign);
    }
    Set<String> endorsers = endorsers(transaction);
    Set<String> owners = collectionOwners(transaction);
    boolean onlyCollections = !owners.isEmpty() && !writesPublicly(transaction);
    if (!endorsers.containsAll(owners) || !(onlyCollections || config.isEndorsed(endorsers))) {
      return refused(
          transaction,
          TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
          "endorsed by "
              + endorsers
              + "; needed are "
              + (onlyCollections ? owners : config.endorsementsNeeded()));
    }
    return new Verdict(transaction.txId(), TxValidationCode.VALID, transaction, "");
  }

  /** Whether the endorsers' proposal hash is that of the proposal which the envelope carries. */
  private static boolean isOfItsProposal(EndorserTransaction transaction) {
    byte[] proposalHash =
        BlockHashes.sha256(
            transaction.channelHeader().toByteArray(),
            transaction.actionHeader().toByteArray(),
            transaction.proposalPayload().toByteArray());
    return transaction.proposalHash().equals(ByteString.copyFrom(proposalHash));
  }

  /**
   * On a network, transactions of {@code _lifecycle} say which contract runs, and every transaction
   * reads there; writing is for a contract's own keys only, and collections are for {@code
   * _lifecycle} alone, each organisation's own.
   */
  private @Nullable String foreignNamespace(EndorserTransaction transaction) {
    String own = transaction.chaincode();
    if (!own.equals(chaincode) && !own.equals(LIFECYCLE)) {
      return "a transaction of another contract";
    }
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      if (namespace.set().getWritesCount() == 0) {
        continue;
      }
      if (!CollectionNames.contract(namespace.name()).equals(own)) {
        return "it writes the keys of another contract";
      }
      if (CollectionNames.isCollection(namespace.name())
          && !(own.equals(LIFECYCLE)
              && CollectionNames.implicitOwner(namespace.name()).isPresent())) {
        return "it writes to a private collection, of which the contract has none";
      }
    }
    return null;
  }

  /**
   * Whose implicit collections it writes: an organisation approves a contract there, and its own
   * endorsement is what that needs.
   */
  private static Set<String> collectionOwners(EndorserTransaction transaction) {
    Set<String> owners = new TreeSet<>();
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      if (namespace.set().getWritesCount() > 0) {
        CollectionNames.implicitOwner(namespace.name()).ifPresent(owners::add);
      }
    }
    return owners;
  }

  private static boolean writesPublicly(EndorserTransaction transaction) {
    return transaction.writes().stream()
        .anyMatch(namespace ->
            !CollectionNames.isCollection(namespace.name())
                && namespace.set().getWritesCount() > 0);
  }

  /** The organisations whose peers endorsed, with signatures and certificates that hold. */
  private Set<String> endorsers(EndorserTransaction transaction) {
    Set<String> organisations = new HashSet<>();
    if (transaction.endorsements().size() > MAX_ENDORSEMENTS) {
      return organisations;
    }
    for (Endorsement endorsement : transaction.endorsements()) {
      byte[] message =
          transaction.responsePayload().concat(endorsement.getEndorser()).toByteArray();
      try {
        Identity identity =
            config
                .members()
                .verify(
                    endorsement.getEndorser(),
                    message,
                    endorsement.getSignature(),
                    transaction.time());
        if (identity.isPeer()) {
          organisations.add(identity.mspId());
        }
      } catch (GeneralSecurityException e) {
        // Does not count; whether the others suffice is for the policy to say.
        continue;
      }
    }
    return organisations;
  }

  private static Verdict refused(
      EndorserTransaction transaction, TxValidationCode code, @Nullable String why) {
    return new Verdict(transaction.txId(), code, transaction, String.valueOf(why));
  }
}
