package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a peer makes of each transaction at commit, in Fabric's order: form, submitter's
 * signature, transaction id, duplicates, proposal hash, endorsement policy, then reads. Valid
 * transactions are applied to the state as they pass, so later ones in the block see them.
 */
public final class BlockValidator {
  private static final int MAX_ENDORSEMENTS = 100;

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
    List<Verdict> verdicts = new ArrayList<>(block.getData().getDataCount());
    Set<String> inBlock = new HashSet<>();
    long number = block.getHeader().getNumber();
    for (ByteString envelope : block.getData().getDataList()) {
      Verdict verdict = validate(envelope, id -> inBlock.contains(id) || isKnown.test(id), state);
      inBlock.add(verdict.txId());
      if (verdict.code() == TxValidationCode.VALID && verdict.transaction() != null) {
        state.apply(verdict.transaction(), new WorldState.Version(number, verdicts.size()));
      }
      verdicts.add(verdict);
    }
    return verdicts;
  }

  private Verdict validate(ByteString envelope, Predicate<String> isKnown, WorldState state) {
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
    String txId = transaction.txId();
    try {
      config
          .members()
          .verify(
              transaction.creator(),
              transaction.signedPayload().toByteArray(),
              transaction.envelopeSignature(),
              transaction.time());
    } catch (GeneralSecurityException e) {
      return refused(transaction, TxValidationCode.BAD_CREATOR_SIGNATURE, e.getMessage());
    }
    if (!transaction.channel().equals(config.channel()) || transaction.epoch() != 0) {
      return refused(transaction, TxValidationCode.BAD_COMMON_HEADER, "another channel or epoch");
    }
    if (!BlockHashes.txId(transaction.nonce(), transaction.creator()).equals(txId)) {
      return refused(
          transaction,
          TxValidationCode.BAD_PROPOSAL_TXID,
          "the transaction id is not the hash of nonce and creator");
    }
    if (isKnown.test(txId)) {
      return refused(
          transaction, TxValidationCode.DUPLICATE_TXID, "the transaction id stands already");
    }
    byte[] proposalHash =
        BlockHashes.sha256(
            transaction.channelHeader().toByteArray(),
            transaction.actionHeader().toByteArray(),
            transaction.proposalPayload().toByteArray());
    if (!transaction.proposalHash().equals(ByteString.copyFrom(proposalHash))) {
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
    if (!config.isEndorsed(endorsers)) {
      return refused(
          transaction,
          TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
          "endorsed by " + endorsers + "; needed are " + config.endorsementsNeeded());
    }
    TxValidationCode reads = ReadCheck.check(transaction, state);
    return reads == TxValidationCode.VALID
        ? new Verdict(txId, reads, transaction, "")
        : refused(transaction, reads, "what it read has changed since");
  }

  private @Nullable String foreignNamespace(EndorserTransaction transaction) {
    if (!transaction.chaincode().equals(chaincode)) {
      return "a transaction of another contract";
    }
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      if (!namespace.name().equals(chaincode)) {
        return "it touches the keys of another contract";
      }
    }
    return null;
  }

  /** The organisations whose peers endorsed, with signatures and certificates that hold. */
  private Set<String> endorsers(EndorserTransaction transaction) {
    Set<String> organisations = new HashSet<>();
    if (transaction.endorsements().size() > MAX_ENDORSEMENTS) {
      return organisations;
    }
    byte[] payload = transaction.responsePayload().toByteArray();
    for (Endorsement endorsement : transaction.endorsements()) {
      byte[] endorser = endorsement.getEndorser().toByteArray();
      byte[] message = new byte[payload.length + endorser.length];
      System.arraycopy(payload, 0, message, 0, payload.length);
      System.arraycopy(endorser, 0, message, payload.length, endorser.length);
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
