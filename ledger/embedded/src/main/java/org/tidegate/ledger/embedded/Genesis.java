package org.tidegate.ledger.embedded;

import static org.tidegate.ledger.embedded.GenesisPolicies.anyOf;
import static org.tidegate.ledger.embedded.GenesisPolicies.majorityOf;
import static org.tidegate.ledger.embedded.GenesisPolicies.role;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockDataHashingStructure;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.records.Signatures;

/**
 * Makes block 0: a Fabric configuration block that names the members' authorities, the ordering
 * member, the policies and the space authority. Its header hash, signed by that authority in the
 * space statement, pins all of it. The same arguments make the same block, byte by byte.
 */
public final class Genesis {
  private static final String ADMINS = "Admins";

  private Genesis() {}

  /**
   * Block 0 of a space.
   *
   * @param space the space's name, which becomes the channel's
   * @param authority the space authority's root certificate
   * @param members the root certificate of each member's own authority, by member name, which
   *     becomes its MSP id
   * @param orderer the member whose node orders
   * @param batches how the orderer cuts blocks
   * @throws IllegalArgumentException if the orderer is no member, or two members share an authority
   */
  public static Block create(
      String space,
      X509Certificate authority,
      SortedMap<String, X509Certificate> members,
      String orderer,
      BatchLimits batches) {
    X509Certificate ordering = members.get(orderer);
    if (ordering == null) {
      throw new IllegalArgumentException(
          "the orderer '" + orderer + "' is none of " + members.keySet());
    }
    requireOwnAuthorities(members);
    ConfigGroup channel =
        ConfigGroup.newBuilder()
            .putGroups("Application", application(members))
            .putGroups("Orderer", ordering(orderer, ordering, batches))
            .putValues("HashingAlgorithm", value(HashingAlgorithm.newBuilder().setName("SHA256")))
            .putValues(
                "BlockDataHashingStructure",
                // Fabric's constant: one hash over all of a block's data.
                value(BlockDataHashingStructure.newBuilder().setWidth(0xffffffff)))
            .putValues(
                "Consortium",
                value(
                    Consortium.newBuilder()
                        .setName(
                            ChannelConfig.AUTHORITY_PREFIX + Signatures.digest(authority).hex())))
            .putValues("Capabilities", capabilities("V2_0"))
            .putPolicies("Readers", anyOf("Readers"))
            .putPolicies("Writers", anyOf("Writers"))
            .putPolicies(ADMINS, majorityOf(ADMINS))
            .setModPolicy(ADMINS)
            .build();
    return block(
        space,
        ConfigEnvelope.newBuilder()
            .setConfig(Config.newBuilder().setChannelGroup(channel))
            .build());
  }

  private static void requireOwnAuthorities(Map<String, X509Certificate> members) {
    Map<ByteString, String> seen = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    members.forEach((name, certificate) -> {
      String other = seen.put(ByteString.copyFrom(certificate.getPublicKey().getEncoded()), name);
      if (other != null) {
        throw new IllegalArgumentException(
            "'" + other + "' and '" + name + "' have the same authority; each needs its own");
      }
    });
  }

  private static ConfigGroup application(Map<String, X509Certificate> members) {
    ConfigGroup.Builder group =
        ConfigGroup.newBuilder()
            .putValues("Capabilities", capabilities("V2_5"))
            .putPolicies("Readers", anyOf("Readers"))
            .putPolicies("Writers", anyOf("Writers"))
            .putPolicies(ADMINS, majorityOf(ADMINS))
            .putPolicies("Endorsement", majorityOf("Endorsement"))
            .putPolicies("LifecycleEndorsement", majorityOf("Endorsement"))
            .setModPolicy(ADMINS);
    members.forEach((name, certificate) -> group.putGroups(name, organisation(name, certificate)));
    return group.build();
  }

  private static ConfigGroup ordering(
      String orderer, X509Certificate certificate, BatchLimits batches) {
    return ConfigGroup.newBuilder()
        .putGroups(orderer, organisation(orderer, certificate))
        .putValues("ConsensusType", value(ConsensusType.newBuilder().setType("solo")))
        .putValues(
            "BatchSize",
            value(
                BatchSize.newBuilder()
                    .setMaxMessageCount(batches.maxCount())
                    .setPreferredMaxBytes(batches.preferredBytes())
                    .setAbsoluteMaxBytes(batches.absoluteBytes())))
        .putValues(
            "BatchTimeout",
            value(BatchTimeout.newBuilder().setTimeout(batches.timeout().toMillis() + "ms")))
        .putValues("Capabilities", capabilities("V2_0"))
        .putPolicies("Readers", anyOf("Readers"))
        .putPolicies("Writers", anyOf("Writers"))
        .putPolicies(ADMINS, majorityOf(ADMINS))
        .putPolicies("BlockValidation", anyOf("Writers"))
        .setModPolicy(ADMINS)
        .build();
  }

  private static ConfigGroup organisation(String name, X509Certificate certificate) {
    return ConfigGroup.newBuilder()
        .putValues(
            "MSP",
            value(
                MSPConfig.newBuilder().setType(0).setConfig(msp(name, certificate).toByteString())))
        .putPolicies("Readers", role(name, MSPRoleType.MEMBER))
        .putPolicies("Writers", role(name, MSPRoleType.MEMBER))
        .putPolicies(ADMINS, role(name, MSPRoleType.ADMIN))
        .putPolicies("Endorsement", role(name, MSPRoleType.PEER))
        .setModPolicy(ADMINS)
        .build();
  }

  private static FabricMSPConfig msp(String name, X509Certificate certificate) {
    return FabricMSPConfig.newBuilder()
        .setName(name)
        .addRootCerts(ByteString.copyFromUtf8(pem(certificate)))
        .setCryptoConfig(
            FabricCryptoConfig.newBuilder()
                .setSignatureHashFamily("SHA2")
                .setIdentityIdentifierHashFunction("SHA256"))
        .setFabricNodeOus(
            FabricNodeOUs.newBuilder()
                .setEnable(true)
                .setClientOuIdentifier(unit("client"))
                .setPeerOuIdentifier(unit("peer"))
                .setAdminOuIdentifier(unit("admin"))
                .setOrdererOuIdentifier(unit("orderer")))
        .build();
  }

  private static FabricOUIdentifier unit(String name) {
    return FabricOUIdentifier.newBuilder().setOrganizationalUnitIdentifier(name).build();
  }

  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate does not encode", e);
    }
  }

  private static ConfigValue capabilities(String version) {
    return value(
        Capabilities.newBuilder().putCapabilities(version, Capability.getDefaultInstance()));
  }

  private static ConfigValue value(Message.Builder message) {
    return ConfigValue.newBuilder()
        .setValue(Proto.deterministic(message.build()))
        .setModPolicy(ADMINS)
        .build();
  }

  private static Block block(String space, ConfigEnvelope config) {
    Header header =
        Header.newBuilder()
            .setChannelHeader(
                ChannelHeader.newBuilder()
                    .setType(HeaderType.CONFIG_VALUE)
                    .setVersion(1)
                    .setChannelId(space)
                    .build()
                    .toByteString())
            .setSignatureHeader(SignatureHeader.getDefaultInstance().toByteString())
            .build();
    Payload payload =
        Payload.newBuilder().setHeader(header).setData(Proto.deterministic(config)).build();
    BlockData data =
        BlockData.newBuilder()
            .addData(
                Envelope.newBuilder().setPayload(payload.toByteString()).build().toByteString())
            .build();
    return Block.newBuilder()
        .setHeader(
            BlockHeader.newBuilder()
                .setNumber(0)
                .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(data.getDataList()))))
        .setData(data)
        .setMetadata(metadata())
        .build();
  }

  /** Nobody signs block 0: the authority's signature on its hash stands in the space statement. */
  private static BlockMetadata metadata() {
    ByteString lastConfig = LastConfig.getDefaultInstance().toByteString();
    return BlockMetadata.newBuilder()
        .addMetadata(Metadata.getDefaultInstance().toByteString())
        .addMetadata(Metadata.newBuilder().setValue(lastConfig).build().toByteString())
        .addMetadata(ByteString.copyFrom(new byte[] {0}))
        .addMetadata(ByteString.EMPTY)
        .addMetadata(ByteString.EMPTY)
        .build();
  }
}
