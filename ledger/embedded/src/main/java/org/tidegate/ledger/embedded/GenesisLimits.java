package org.tidegate.ledger.embedded;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.tidegate.ledger.audit.block.BlockFormatException;

/** Reads from block 0 how the orderer is to cut blocks. */
final class GenesisLimits {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)");

  private GenesisLimits() {}

  static BatchLimits of(Block genesis) throws BlockFormatException {
    try {
      Payload payload =
          Payload.parseFrom(Envelope.parseFrom(genesis.getData().getData(0)).getPayload());
      ConfigGroup channel =
          ConfigEnvelope.parseFrom(payload.getData()).getConfig().getChannelGroup();
      Map<String, ConfigValue> values =
          channel.getGroupsOrDefault("Orderer", ConfigGroup.getDefaultInstance()).getValuesMap();
      ConfigValue none = ConfigValue.getDefaultInstance();
      BatchSize size = BatchSize.parseFrom(values.getOrDefault("BatchSize", none).getValue());
      String timeout =
          BatchTimeout.parseFrom(values.getOrDefault("BatchTimeout", none).getValue()).getTimeout();
      Matcher parts = DURATION.matcher(timeout);
      if (!parts.matches()) {
        throw new BlockFormatException("batch timeout '" + timeout + "'; expected such as 5ms");
      }
      long number = Long.parseLong(parts.group(1));
      return new BatchLimits(
          size.getMaxMessageCount(),
          size.getPreferredMaxBytes(),
          size.getAbsoluteMaxBytes(),
          parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new BlockFormatException(
          "the orderer's batch limits do not parse: " + e.getMessage(), e);
    }
  }
}
