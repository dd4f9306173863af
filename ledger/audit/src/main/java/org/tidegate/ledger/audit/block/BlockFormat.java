package org.tidegate.ledger.audit.block;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;

/**
 * What no hash and no signature covers in a block: fields that Fabric does not have, and metadata
 * that repeats what the orderer signed elsewhere. Nothing may hide there, nor contradict.
 */
final class BlockFormat {
  private static final int ENTRIES = 5;
  private static final int HASH_BYTES = 32;

  private BlockFormat() {}

  /**
   * Checks a block's form.
   *
   * @throws BlockFormatException saying what does not belong there
   */
  static void check(Block block) throws BlockFormatException {
    if (!block.getUnknownFields().asMap().isEmpty()
        || !block.getHeader().getUnknownFields().asMap().isEmpty()
        || !block.getData().getUnknownFields().asMap().isEmpty()
        || !block.getMetadata().getUnknownFields().asMap().isEmpty()) {
      throw wrong(block, "holds fields that no block has, and that nobody signed");
    }
    if (block.getMetadata().getMetadataCount() > ENTRIES) {
      throw wrong(block, "has " + block.getMetadata().getMetadataCount() + " metadata entries");
    }
    try {
      OrdererBlockMetadata signed =
          OrdererBlockMetadata.parseFrom(
              metadata(block, BlockMetadataIndex.SIGNATURES_VALUE).getValue());
      LastConfig repeated =
          LastConfig.parseFrom(metadata(block, BlockMetadataIndex.LAST_CONFIG_VALUE).getValue());
      if (repeated.getIndex() != signed.getLastConfig().getIndex() && isThere(block)) {
        throw wrong(
            block,
            "names block "
                + Long.toUnsignedString(repeated.getIndex())
                + " as the last configuration, its orderer signed "
                + Long.toUnsignedString(signed.getLastConfig().getIndex()));
      }
      Metadata consenter = metadata(block, BlockMetadataIndex.ORDERER_VALUE);
      if (!consenter.getValue().isEmpty()
          && !consenter.getValue().equals(signed.getConsenterMetadata())) {
        throw wrong(block, "holds other consenter metadata than its orderer signed");
      }
      Metadata commit = metadata(block, BlockMetadataIndex.COMMIT_HASH_VALUE);
      int size = commit.getValue().size();
      if ((size != 0 && size != HASH_BYTES) || commit.getSignaturesCount() > 0) {
        throw wrong(block, "holds something else where its peer's commit hash belongs");
      }
    } catch (InvalidProtocolBufferException e) {
      throw new BlockFormatException(
          "block " + block.getHeader().getNumber() + " has metadata that do not parse", e);
    }
  }

  private static boolean isThere(Block block) {
    return block.getMetadata().getMetadataCount() > BlockMetadataIndex.LAST_CONFIG_VALUE
        && !block.getMetadata().getMetadata(BlockMetadataIndex.LAST_CONFIG_VALUE).isEmpty();
  }

  private static Metadata metadata(Block block, int index)
      throws InvalidProtocolBufferException, BlockFormatException {
    if (block.getMetadata().getMetadataCount() <= index) {
      return Metadata.getDefaultInstance();
    }
    Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(index));
    if (!metadata.getUnknownFields().asMap().isEmpty()) {
      throw wrong(block, "has metadata with fields that Fabric does not have");
    }
    return metadata;
  }

  private static BlockFormatException wrong(Block block, String what) {
    return new BlockFormatException(
        "block " + Long.toUnsignedString(block.getHeader().getNumber()) + " " + what);
  }
}
