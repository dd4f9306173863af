package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Consortium;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.RecordException;

/**
 * What a configuration block says: who the organisations are, who orders, and how many must
 * endorse.
 *
 * @param channel the channel's name, which is the space's
 * @param members the organisations whose peers endorse, by their authorities
 * @param orderers the organisations that may sign blocks
 * @param authorityPin SHA-256 of the DER of the space authority's certificate
 */
public record ChannelConfig(String channel, Msps members, Msps orderers, Digest authorityPin) {
  /** The name under which block 0 pins the space authority, before the digest's hex. */
  public static final String AUTHORITY_PREFIX = "tidegate-authority-";

  /** How many distinct organisations must endorse: a majority, Fabric's own default. */
  public int endorsementsNeeded() {
    return members.ids().size() / 2 + 1;
  }

  /** Whether endorsements of {@code organisations} satisfy the policy. */
  public boolean isEndorsed(Set<String> organisations) {
    return organisations.stream().filter(members.ids()::contains).count() >= endorsementsNeeded();
  }

  /**
   * Reads a configuration block.
   *
   * @throws BlockFormatException if it is none, or has a policy that these checks do not know
   */
  public static ChannelConfig parse(Block block) throws BlockFormatException {
    if (block.getData().getDataCount() != 1) {
      throw new BlockFormatException(
          "block "
              + block.getHeader().getNumber()
              + " has "
              + block.getData().getDataCount()
              + " envelopes; a configuration block has one");
    }
    try {
      Payload payload =
          Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
      ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
      if (header.getType() != HeaderType.CONFIG_VALUE) {
        throw new BlockFormatException(
            "block " + block.getHeader().getNumber() + " is no configuration block");
      }
      ConfigGroup root = ConfigEnvelope.parseFrom(payload.getData()).getConfig().getChannelGroup();
      ConfigGroup application = group(root, "Application");
      requireMajority(application);
      return new ChannelConfig(
          header.getChannelId(),
          new Msps(organisations(application)),
          new Msps(organisations(group(root, "Orderer"))),
          authorityPin(root));
    } catch (InvalidProtocolBufferException | CertificateException | RecordException e) {
      throw new BlockFormatException(
          "the configuration in block " + block.getHeader().getNumber() + " does not parse", e);
    }
  }

  private static ConfigGroup group(ConfigGroup parent, String name) throws BlockFormatException {
    ConfigGroup group = parent.getGroupsMap().get(name);
    if (group == null) {
      throw new BlockFormatException("the channel configuration has no group " + name);
    }
    return group;
  }

  private static void requireMajority(ConfigGroup application)
      throws BlockFormatException, InvalidProtocolBufferException {
    Policy policy =
        application
            .getPoliciesOrDefault(
                "Endorsement",
                org.hyperledger.fabric.protos.common.ConfigPolicy.getDefaultInstance())
            .getPolicy();
    ImplicitMetaPolicy rule =
        policy.getType() == Policy.PolicyType.IMPLICIT_META_VALUE
            ? ImplicitMetaPolicy.parseFrom(policy.getValue())
            : ImplicitMetaPolicy.getDefaultInstance();
    if (rule.getRule() != ImplicitMetaPolicy.Rule.MAJORITY
        || !rule.getSubPolicy().equals("Endorsement")) {
      throw new BlockFormatException(
          "the application's endorsement policy is not MAJORITY Endorsement, the only one that "
              + "these checks know");
    }
  }

  private static Map<String, List<X509Certificate>> organisations(ConfigGroup parent)
      throws BlockFormatException, InvalidProtocolBufferException, CertificateException {
    Map<String, List<X509Certificate>> organisations = new TreeMap<>();
    Set<PublicKey> authorities = new HashSet<>();
    for (Map.Entry<String, ConfigGroup> entry : parent.getGroupsMap().entrySet()) {
      ConfigValue value = entry.getValue().getValuesMap().get("MSP");
      if (value == null) {
        throw new BlockFormatException("organisation " + entry.getKey() + " has no MSP");
      }
      FabricMSPConfig msp =
          FabricMSPConfig.parseFrom(MSPConfig.parseFrom(value.getValue()).getConfig());
      List<X509Certificate> roots = new ArrayList<>();
      for (ByteString root : msp.getRootCertsList()) {
        X509Certificate authority = Msps.parse(root);
        // Two organisations under one authority could speak for each other.
        if (!authorities.add(authority.getPublicKey())) {
          throw new BlockFormatException("MSP " + msp.getName() + " shares its authority");
        }
        roots.add(authority);
      }
      if (organisations.put(msp.getName(), List.copyOf(roots)) != null) {
        throw new BlockFormatException("MSP " + msp.getName() + " stands twice");
      }
    }
    if (organisations.isEmpty()) {
      throw new BlockFormatException("a group of the configuration has no organisation");
    }
    return organisations;
  }

  private static Digest authorityPin(ConfigGroup root)
      throws BlockFormatException, InvalidProtocolBufferException {
    ConfigValue value = root.getValuesMap().get("Consortium");
    String name = value == null ? "" : Consortium.parseFrom(value.getValue()).getName();
    if (!name.startsWith(AUTHORITY_PREFIX)) {
      throw new BlockFormatException("the channel configuration does not pin a space authority");
    }
    return Digest.parse("sha256:" + name.substring(AUTHORITY_PREFIX.length()));
  }
}
