package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;

/** A transaction before it is signed; a liar who holds the keys changes it here and signs again. */
final class TxDraft {
  NodeIdentity submitter;
  ByteString nonce;
  Instant time;
  List<ByteString> arguments;
  KVRWSet set;
  ByteString answer;
  List<NodeIdentity> endorsers;

  String channel = TestSpace.NAME;
  String chaincode = TidegateContract.NAME;
  String namespace = TidegateContract.NAME;
  int type = HeaderType.ENDORSER_TRANSACTION_VALUE;
  long epoch;
  int actions = 1;
  Optional<String> txId = Optional.empty();
  // What changes after the endorsers have signed.
  Optional<List<ByteString>> argumentsAfterwards = Optional.empty();
  UnaryOperator<ChaincodeEndorsedAction> endorsed = UnaryOperator.identity();

  TxDraft(
      NodeIdentity submitter,
      ByteString nonce,
      Instant time,
      List<ByteString> arguments,
      KVRWSet set,
      ByteString answer,
      List<NodeIdentity> endorsers) {
    this.submitter = submitter;
    this.nonce = nonce;
    this.time = time;
    this.arguments = List.copyOf(arguments);
    this.set = set;
    this.answer = answer;
    this.endorsers = List.copyOf(endorsers);
  }

  /** Another draft of the same. */
  TxDraft copy() {
    TxDraft copy = new TxDraft(submitter, nonce, time, arguments, set, answer, endorsers);
    copy.channel = channel;
    copy.chaincode = chaincode;
    copy.namespace = namespace;
    copy.txId = txId;
    return copy;
  }

  String function() {
    return arguments.getFirst().toStringUtf8();
  }

  String txId() {
    return txId.orElse(BlockHashes.txId(nonce, submitter.serialized()));
  }

  /** The envelope, signed by the submitter and endorsed by all endorsers. */
  ByteString seal() {
    ByteString channelHeader =
        ChannelHeader.newBuilder()
            .setType(type)
            .setChannelId(channel)
            .setTxId(txId())
            .setEpoch(epoch)
            .setTimestamp(
                Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
            .setExtension(
                ChaincodeHeaderExtension.newBuilder()
                    .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                    .build()
                    .toByteString())
            .build()
            .toByteString();
    ByteString signatureHeader =
        SignatureHeader.newBuilder()
            .setCreator(submitter.serialized())
            .setNonce(nonce)
            .build()
            .toByteString();
    ByteString proposal = proposal(arguments);
    ByteString response =
        ProposalResponsePayload.newBuilder()
            .setProposalHash(
                ByteString.copyFrom(
                    BlockHashes.sha256(
                        channelHeader.toByteArray(),
                        signatureHeader.toByteArray(),
                        proposal.toByteArray())))
            .setExtension(action().toByteString())
            .build()
            .toByteString();
    ChaincodeEndorsedAction.Builder action =
        ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response);
    for (NodeIdentity endorser : endorsers) {
      action.addEndorsements(
          Endorsement.newBuilder()
              .setEndorser(endorser.serialized())
              .setSignature(endorser.sign(response.concat(endorser.serialized()))));
    }
    TransactionAction transactionAction =
        TransactionAction.newBuilder()
            .setHeader(signatureHeader)
            .setPayload(
                ChaincodeActionPayload.newBuilder()
                    .setChaincodeProposalPayload(
                        argumentsAfterwards.map(this::proposal).orElse(proposal))
                    .setAction(endorsed.apply(action.build()))
                    .build()
                    .toByteString())
            .build();
    Transaction.Builder transaction = Transaction.newBuilder();
    for (int i = 0; i < actions; i++) {
      transaction.addActions(transactionAction);
    }
    ByteString payload =
        Payload.newBuilder()
            .setHeader(
                Header.newBuilder()
                    .setChannelHeader(channelHeader)
                    .setSignatureHeader(signatureHeader))
            .setData(transaction.build().toByteString())
            .build()
            .toByteString();
    return Envelope.newBuilder()
        .setPayload(payload)
        .setSignature(submitter.sign(payload))
        .build()
        .toByteString();
  }

  private ByteString proposal(List<ByteString> called) {
    return ChaincodeProposalPayload.newBuilder()
        .setInput(
            ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(
                    ChaincodeSpec.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
                        .setInput(ChaincodeInput.newBuilder().addAllArgs(called)))
                .build()
                .toByteString())
        .build()
        .toByteString();
  }

  private ChaincodeAction action() {
    return ChaincodeAction.newBuilder()
        .setResults(
            TxReadWriteSet.newBuilder()
                .setDataModel(TxReadWriteSet.DataModel.KV)
                .addNsRwset(
                    NsReadWriteSet.newBuilder()
                        .setNamespace(namespace)
                        .setRwset(set.toByteString()))
                .build()
                .toByteString())
        .setResponse(Response.newBuilder().setStatus(200).setPayload(answer))
        .setChaincodeId(ChaincodeID.newBuilder().setName(chaincode))
        .build();
  }

  /** The arguments with another request. */
  static List<ByteString> request(List<ByteString> arguments, ByteString request) {
    List<ByteString> changed = new ArrayList<>(arguments);
    changed.set(1, request);
    return changed;
  }
}
