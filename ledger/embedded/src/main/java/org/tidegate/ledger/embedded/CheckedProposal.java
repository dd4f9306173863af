package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.EndorserTransaction;
import org.tidegate.ledger.audit.block.Identity;

/**
 * A proposal whose form, signer and time have been checked.
 *
 * @param header the proposal's header
 * @param channel the channel it names
 * @param txId its transaction id
 * @param creator Fabric's serialised identity of who signed it
 * @param time the signer's clock, near ours
 * @param chaincode the contract it calls
 * @param arguments function name first
 * @param payload the proposal's payload without transient data: what stands in the block
 */
record CheckedProposal(
    Header header,
    String channel,
    String txId,
    ByteString creator,
    Instant time,
    String chaincode,
    List<ByteString> arguments,
    ByteString payload) {
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(2);
  private static final int MAX_BYTES = 10 << 20;

  /** A proposal that is refused, in Fabric's words where it has some. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Checks all that does not depend on the state.
   *
   * @throws Refused saying what is wrong
   */
  static CheckedProposal parse(SignedProposal signed, ChannelConfig config, Instant now)
      throws Refused {
    if (signed.getProposalBytes().size() > MAX_BYTES) {
      throw new Refused("the proposal has " + signed.getProposalBytes().size() + " bytes");
    }
    try {
      Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
      Header header = Header.parseFrom(proposal.getHeader());
      ChannelHeader channel = ChannelHeader.parseFrom(header.getChannelHeader());
      SignatureHeader signature = SignatureHeader.parseFrom(header.getSignatureHeader());
      checkHeader(channel, signature, config);
      checkSigner(signed, signature.getCreator(), config, now);
      Instant time = EndorserTransaction.instant(channel.getTimestamp());
      if (Duration.between(time, now).abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
        throw new Refused(
            "the transaction's time "
                + time
                + " is more than two minutes from this peer's clock "
                + now
                + "; set the clocks");
      }
      ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
      ChaincodeSpec spec = ChaincodeInvocationSpec.parseFrom(payload.getInput()).getChaincodeSpec();
      String chaincode = spec.getChaincodeId().getName();
      String announced =
          ChaincodeHeaderExtension.parseFrom(channel.getExtension()).getChaincodeId().getName();
      if (!announced.equals(chaincode)) {
        throw new Refused(
            "the header names chaincode '" + announced + "', the call '" + chaincode + "'");
      }
      return new CheckedProposal(
          header,
          channel.getChannelId(),
          channel.getTxId(),
          signature.getCreator(),
          time,
          chaincode,
          List.copyOf(spec.getInput().getArgsList()),
          ChaincodeProposalPayload.newBuilder()
              .setInput(payload.getInput())
              .build()
              .toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new Refused("error unmarshalling proposal: " + e.getMessage());
    } catch (BlockFormatException e) {
      throw new Refused("bad timestamp: " + e.getMessage());
    }
  }

  private static void checkHeader(
      ChannelHeader channel, SignatureHeader signature, ChannelConfig config) throws Refused {
    if (channel.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
      throw new Refused("invalid header type " + channel.getType());
    }
    if (channel.getEpoch() != 0) {
      throw new Refused("epoch is non-zero");
    }
    if (!channel.getChannelId().equals(config.channel())) {
      throw new Refused("channel '" + channel.getChannelId() + "' not found");
    }
    if (signature.getNonce().isEmpty()) {
      throw new Refused("nonce is empty");
    }
    if (signature.getCreator().isEmpty()) {
      throw new Refused("creator is empty");
    }
    String expected = BlockHashes.txId(signature.getNonce(), signature.getCreator());
    if (!expected.equals(channel.getTxId())) {
      throw new Refused(
          "incorrectly computed txid '" + channel.getTxId() + "' -- expected '" + expected + "'");
    }
  }

  private static void checkSigner(
      SignedProposal signed, ByteString creator, ChannelConfig config, Instant now) throws Refused {
    try {
      Identity identity =
          config
              .members()
              .verify(creator, signed.getProposalBytes().toByteArray(), signed.getSignature(), now);
      if (!identity.isMember()) {
        throw new Refused(
            "access denied: channel ["
                + config.channel()
                + "]: certificates of the units "
                + identity.units()
                + " may not call the ledger");
      }
    } catch (GeneralSecurityException e) {
      throw new Refused("access denied: channel [" + config.channel() + "]: " + e.getMessage());
    }
  }

  /** SHA-256(channel header ‖ signature header ‖ payload), which endorsers sign. */
  ByteString proposalHash() {
    return ByteString.copyFrom(
        BlockHashes.sha256(
            header.getChannelHeader().toByteArray(),
            header.getSignatureHeader().toByteArray(),
            payload.toByteArray()));
  }
}
