package org.tidegate.ledger.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeResult;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.records.Signatures;

/**
 * Talks to one peer's system contracts: proposals that are executed there and never become
 * transactions.
 */
final class PeerAdmin {
  private static final int NONCE_BYTES = 24;
  private static final int OK = 200;
  private static final long SECONDS = 60;

  private final String organisation;
  private final Credentials identity;
  private final Channel channel;
  private final SecureRandom random;

  /**
   * @param organisation the peer's, and the identity's
   * @param identity an administrator's; the node's own will do for questions
   * @param channel to the peer; stays the caller's
   */
  PeerAdmin(String organisation, Credentials identity, Channel channel, SecureRandom random) {
    this.organisation = organisation;
    this.identity = identity;
    this.channel = channel;
    this.random = random;
  }

  /** The names of the channels that the peer is in. */
  List<String> channels() {
    try {
      return ChannelQueryResponse.parseFrom(call("", "cscc", text("GetChannels")))
          .getChannelsList()
          .stream()
          .map(info -> info.getChannelId())
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(e);
    }
  }

  /** Lets the peer join the channel that begins with this block. */
  void join(Block genesis) {
    ByteString unused = call("", "cscc", text("JoinChain"), genesis.toByteString());
  }

  /** How many blocks the peer has committed, and the header hash of the last. */
  BlockchainInfo chain(String space) {
    try {
      return BlockchainInfo.parseFrom(call(space, "qscc", text("GetChainInfo"), text(space)));
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(e);
    }
  }

  /** A block, with the peer's verdicts on its transactions. */
  Block block(String space, long number) {
    try {
      return Block.parseFrom(
          call(space, "qscc", text("GetBlockByNumber"), text(space), text(Long.toString(number))));
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(e);
    }
  }

  /** Installs a contract's package, and returns its id. */
  String install(ServicePackage contract) {
    ByteString arguments =
        InstallChaincodeArgs.newBuilder()
            .setChaincodeInstallPackage(ByteString.copyFrom(contract.bytes()))
            .build()
            .toByteString();
    try {
      return InstallChaincodeResult.parseFrom(
              call("", Lifecycle.NAME, text("InstallChaincode"), arguments))
          .getPackageId();
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(e);
    }
  }

  private FabricException unreadable(InvalidProtocolBufferException e) {
    return new FabricException("the peer of '" + organisation + "' answers unreadably", e);
  }

  private static ByteString text(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }

  private ByteString call(String space, String contract, ByteString... arguments) {
    ProposalResponse response;
    try {
      response =
          EndorserGrpc.newBlockingStub(channel)
              .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
              .processProposal(sign(proposal(space, contract, List.of(arguments))));
    } catch (StatusRuntimeException e) {
      throw failed(contract, arguments[0], e.getStatus().toString(), e);
    }
    if (response.getResponse().getStatus() != OK) {
      throw failed(contract, arguments[0], response.getResponse().getMessage(), null);
    }
    return response.getResponse().getPayload();
  }

  private FabricException failed(
      String contract,
      ByteString function,
      String why,
      @org.jspecify.annotations.Nullable Exception cause) {
    String text =
        "the peer of '"
            + organisation
            + "' refused "
            + contract
            + "."
            + function.toStringUtf8()
            + ": "
            + why;
    return cause == null ? new FabricException(text) : new FabricException(text, cause);
  }

  private Proposal proposal(String space, String contract, List<ByteString> arguments) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteString creator =
        SerializedIdentity.newBuilder()
            .setMspid(organisation)
            .setIdBytes(text(Pems.of(identity.certificate())))
            .build()
            .toByteString();
    Instant now = Instant.now();
    ChaincodeID name = ChaincodeID.newBuilder().setName(contract).build();
    Header header =
        Header.newBuilder()
            .setChannelHeader(
                ChannelHeader.newBuilder()
                    .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                    .setChannelId(space)
                    .setTxId(BlockHashes.txId(ByteString.copyFrom(nonce), creator))
                    .setTimestamp(
                        Timestamp.newBuilder()
                            .setSeconds(now.getEpochSecond())
                            .setNanos(now.getNano()))
                    .setExtension(
                        ChaincodeHeaderExtension.newBuilder()
                            .setChaincodeId(name)
                            .build()
                            .toByteString())
                    .build()
                    .toByteString())
            .setSignatureHeader(
                SignatureHeader.newBuilder()
                    .setCreator(creator)
                    .setNonce(ByteString.copyFrom(nonce))
                    .build()
                    .toByteString())
            .build();
    ChaincodeInvocationSpec call =
        ChaincodeInvocationSpec.newBuilder()
            .setChaincodeSpec(
                ChaincodeSpec.newBuilder()
                    .setType(ChaincodeSpec.Type.GOLANG)
                    .setChaincodeId(name)
                    .setInput(ChaincodeInput.newBuilder().addAllArgs(arguments)))
            .build();
    return Proposal.newBuilder()
        .setHeader(header.toByteString())
        .setPayload(
            ChaincodeProposalPayload.newBuilder()
                .setInput(call.toByteString())
                .build()
                .toByteString())
        .build();
  }

  private SignedProposal sign(Proposal proposal) {
    ByteString bytes = proposal.toByteString();
    return SignedProposal.newBuilder()
        .setProposalBytes(bytes)
        .setSignature(ByteString.copyFrom(Signatures.sign(identity.key(), bytes.toByteArray())))
        .build();
  }
}
