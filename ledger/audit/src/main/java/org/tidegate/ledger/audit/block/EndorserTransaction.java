package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/**
 * One endorser transaction, unpacked from its envelope; nothing in it is checked yet.
 *
 * @param channel the channel it names
 * @param txId the transaction id it claims
 * @param creator Fabric's serialised identity of the submitter
 * @param nonce what the transaction id is made of
 * @param time the submitter's clock
 * @param epoch must be 0
 * @param signedPayload what the envelope's signature is over
 * @param envelopeSignature the submitter's signature
 * @param channelHeader the bytes that the proposal hash is over
 * @param actionHeader the action's own signature header
 * @param proposalPayload the chaincode proposal payload, without transient data
 * @param chaincode the contract's name
 * @param arguments what the contract was called with, function name first
 * @param responsePayload what endorsers signed
 * @param proposalHash the hash of the proposal that endorsers saw
 * @param action the simulation's outcome
 * @param endorsements the endorsers' signatures
 * @param writes read and write sets by namespace; private collections stand behind, each as a
 *     namespace of its own, {@link CollectionNames}
 */
public record EndorserTransaction(
    String channel,
    String txId,
    ByteString creator,
    ByteString nonce,
    Instant time,
    long epoch,
    ByteString signedPayload,
    ByteString envelopeSignature,
    ByteString channelHeader,
    ByteString actionHeader,
    ByteString proposalPayload,
    String chaincode,
    List<ByteString> arguments,
    ByteString responsePayload,
    ByteString proposalHash,
    ChaincodeAction action,
    List<Endorsement> endorsements,
    List<Namespace> writes) {

  /** The read and write set of one contract. */
  public record Namespace(String name, KVRWSet set) {}

  /**
   * The transaction id that an envelope claims, or an empty string where none can be read.
   *
   * @param envelope the envelope's bytes
   */
  public static String claimedTxId(ByteString envelope) {
    try {
      Payload payload = Payload.parseFrom(Envelope.parseFrom(envelope).getPayload());
      return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getTxId();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  /**
   * Unpacks an envelope.
   *
   * @throws BlockFormatException if it is no endorser transaction with exactly one action
   */
  public static EndorserTransaction parse(ByteString envelopeBytes) throws BlockFormatException {
    try {
      Envelope envelope = Envelope.parseFrom(envelopeBytes);
      Payload payload = Payload.parseFrom(envelope.getPayload());
      Header header = payload.getHeader();
      ChannelHeader channelHeader = ChannelHeader.parseFrom(header.getChannelHeader());
      if (channelHeader.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
        throw new BlockFormatException("envelope of type " + channelHeader.getType());
      }
      SignatureHeader signatureHeader = SignatureHeader.parseFrom(header.getSignatureHeader());
      Transaction transaction = Transaction.parseFrom(payload.getData());
      if (transaction.getActionsCount() != 1) {
        throw new BlockFormatException(
            "a transaction of " + transaction.getActionsCount() + " actions; expected one");
      }
      TransactionAction wrapped = transaction.getActions(0);
      ChaincodeActionPayload actionPayload = ChaincodeActionPayload.parseFrom(wrapped.getPayload());
      ByteString response = actionPayload.getAction().getProposalResponsePayload();
      ProposalResponsePayload responsePayload = ProposalResponsePayload.parseFrom(response);
      ChaincodeAction action = ChaincodeAction.parseFrom(responsePayload.getExtension());
      ChaincodeProposalPayload proposal =
          ChaincodeProposalPayload.parseFrom(actionPayload.getChaincodeProposalPayload());
      return new EndorserTransaction(
          channelHeader.getChannelId(),
          channelHeader.getTxId(),
          signatureHeader.getCreator(),
          signatureHeader.getNonce(),
          instant(channelHeader.getTimestamp()),
          channelHeader.getEpoch(),
          envelope.getPayload(),
          envelope.getSignature(),
          header.getChannelHeader(),
          wrapped.getHeader(),
          actionPayload.getChaincodeProposalPayload(),
          ChaincodeHeaderExtension.parseFrom(channelHeader.getExtension())
              .getChaincodeId()
              .getName(),
          List.copyOf(
              ChaincodeInvocationSpec.parseFrom(proposal.getInput())
                  .getChaincodeSpec()
                  .getInput()
                  .getArgsList()),
          response,
          responsePayload.getProposalHash(),
          action,
          actionPayload.getAction().getEndorsementsList(),
          namespaces(action));
    } catch (InvalidProtocolBufferException e) {
      throw new BlockFormatException("the envelope does not parse: " + e.getMessage(), e);
    }
  }

  private static List<Namespace> namespaces(ChaincodeAction action)
      throws InvalidProtocolBufferException {
    List<Namespace> namespaces = new ArrayList<>();
    for (NsReadWriteSet set : TxReadWriteSet.parseFrom(action.getResults()).getNsRwsetList()) {
      namespaces.add(new Namespace(set.getNamespace(), KVRWSet.parseFrom(set.getRwset())));
      for (CollectionHashedReadWriteSet hashed : set.getCollectionHashedRwsetList()) {
        namespaces.add(
            new Namespace(
                CollectionNames.namespace(set.getNamespace(), hashed.getCollectionName()),
                CollectionNames.readWriteSet(HashedRWSet.parseFrom(hashed.getHashedRwset()))));
      }
    }
    return List.copyOf(namespaces);
  }

  /** A protobuf time as an instant. */
  public static Instant instant(Timestamp timestamp) throws BlockFormatException {
    try {
      return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    } catch (DateTimeException e) {
      throw new BlockFormatException("a time out of range", e);
    }
  }
}
