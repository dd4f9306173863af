package org.tidegate.ledger.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.orderer.etcdraft.ConfigMetadata;
import org.hyperledger.fabric.protos.orderer.etcdraft.Consenter;
import org.hyperledger.fabric.protos.orderer.etcdraft.Options;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.tidegate.ledger.audit.block.BlockHashes;

/**
 * Turns the embedded ledger's block 0 into that of a network of processes. It adds where the
 * orderer and each organisation's anchor peer listen, the raft consenter with its TLS certificate,
 * and each authority as root of its TLS certificates too; members, policies and the pin of the
 * space's authority stay as they are.
 */
final class NetworkGenesis {
  private static final String ADMINS = "Admins";

  // Single-node raft: the first election comes after ELECTION_TICKS ticks.
  private static final String TICK = "50ms";
  private static final int ELECTION_TICKS = 10;
  private static final int SNAPSHOT_BYTES = 16 << 20;
  private static final int INFLIGHT_BLOCKS = 5;

  private NetworkGenesis() {}

  /**
   * The block.
   *
   * @param plain block 0 of the embedded ledger for the same members
   * @param layout who listens where
   * @param consenter the orderer's TLS certificate
   */
  static Block of(Block plain, NetworkLayout layout, X509Certificate consenter) {
    try {
      Envelope envelope = Envelope.parseFrom(plain.getData().getData(0));
      Payload payload = Payload.parseFrom(envelope.getPayload());
      ConfigEnvelope.Builder config = ConfigEnvelope.parseFrom(payload.getData()).toBuilder();
      ConfigGroup.Builder channel = config.getConfigBuilder().getChannelGroupBuilder();
      channel.putGroups(
          "Application", application(channel.getGroupsOrThrow("Application"), layout));
      channel.putGroups(
          "Orderer", ordering(channel.getGroupsOrThrow("Orderer"), layout, consenter));
      ByteString changed =
          payload.toBuilder().setData(deterministic(config.build())).build().toByteString();
      BlockData data =
          BlockData.newBuilder()
              .addData(envelope.toBuilder().setPayload(changed).build().toByteString())
              .build();
      Block.Builder block = plain.toBuilder().setData(data);
      block
          .getHeaderBuilder()
          .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(data.getDataList())));
      return block.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("block 0 does not parse", e);
    }
  }

  private static ConfigGroup application(ConfigGroup group, NetworkLayout layout)
      throws InvalidProtocolBufferException {
    ConfigGroup.Builder application = group.toBuilder();
    for (String name : group.getGroupsMap().keySet()) {
      AnchorPeer anchor =
          AnchorPeer.newBuilder()
              .setHost(NetworkLayout.HOST)
              .setPort(layout.ports(name).peer())
              .build();
      application.putGroups(
          name,
          withTlsRoot(group.getGroupsOrThrow(name)).toBuilder()
              .putValues(
                  "AnchorPeers", value(AnchorPeers.newBuilder().addAnchorPeers(anchor).build()))
              .build());
    }
    return application.build();
  }

  private static ConfigGroup ordering(
      ConfigGroup group, NetworkLayout layout, X509Certificate consenter)
      throws InvalidProtocolBufferException {
    String address = NetworkLayout.at(layout.ordererPort());
    return group.toBuilder()
        .putGroups(
            layout.orderer(),
            withTlsRoot(group.getGroupsOrThrow(layout.orderer())).toBuilder()
                .putValues(
                    "Endpoints", value(OrdererAddresses.newBuilder().addAddresses(address).build()))
                .build())
        .putValues("ConsensusType", value(raft(layout, consenter)))
        .build();
  }

  private static ConsensusType raft(NetworkLayout layout, X509Certificate consenter) {
    ByteString certificate =
        ByteString.copyFrom(Pems.of(consenter).getBytes(StandardCharsets.US_ASCII));
    return ConsensusType.newBuilder()
        .setType("etcdraft")
        .setMetadata(
            ConfigMetadata.newBuilder()
                .addAllConsenters(
                    List.of(
                        Consenter.newBuilder()
                            .setHost(NetworkLayout.HOST)
                            .setPort(layout.ordererPort())
                            .setClientTlsCert(certificate)
                            .setServerTlsCert(certificate)
                            .build()))
                .setOptions(
                    Options.newBuilder()
                        .setTickInterval(TICK)
                        .setElectionTick(ELECTION_TICKS)
                        .setHeartbeatTick(1)
                        .setMaxInflightBlocks(INFLIGHT_BLOCKS)
                        .setSnapshotIntervalSize(SNAPSHOT_BYTES))
                .build()
                .toByteString())
        .build();
  }

  /** The MSP's own root also issues its TLS certificates. */
  private static ConfigGroup withTlsRoot(ConfigGroup organisation)
      throws InvalidProtocolBufferException {
    MSPConfig msp = MSPConfig.parseFrom(organisation.getValuesOrThrow("MSP").getValue());
    FabricMSPConfig inner = FabricMSPConfig.parseFrom(msp.getConfig());
    return organisation.toBuilder()
        .putValues(
            "MSP",
            value(
                msp.toBuilder()
                    .setConfig(
                        inner.toBuilder()
                            .addAllTlsRootCerts(inner.getRootCertsList())
                            .build()
                            .toByteString())
                    .build()))
        .build();
  }

  private static ConfigValue value(Message message) {
    return ConfigValue.newBuilder().setValue(deterministic(message)).setModPolicy(ADMINS).build();
  }

  private static ByteString deterministic(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
