package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** The checks of a block itself: number, link to the one before, orderer's signature; its data. */
public final class BlockLinks {
  private final ChannelConfig config;

  /**
   * @param config says who may sign blocks
   */
  public BlockLinks(ChannelConfig config) {
    this.config = config;
  }

  /**
   * Checks a block that follows another.
   *
   * @param number the number it must have
   * @param previousHash the header hash of the block before it, 32 bytes
   * @param at when the orderer's certificate must be valid
   * @throws BlockFormatException saying which check failed
   */
  public void check(Block block, long number, byte[] previousHash, Instant at)
      throws BlockFormatException {
    if (block.getHeader().getNumber() != number) {
      throw new BlockFormatException(
          "block "
              + Long.toUnsignedString(block.getHeader().getNumber())
              + " stands where block "
              + number
              + " belongs");
    }
    if (!block.getHeader().getPreviousHash().equals(ByteString.copyFrom(previousHash))) {
      throw new BlockFormatException(
          "block " + number + " does not follow block " + (number - 1) + " as it stands");
    }
    checkOrderer(block, at);
  }

  /**
   * Checks a block's data against its header.
   *
   * @throws BlockFormatException if they differ
   */
  public static void checkData(Block block) throws BlockFormatException {
    byte[] dataHash = BlockHashes.dataHash(block.getData().getDataList());
    if (!block.getHeader().getDataHash().equals(ByteString.copyFrom(dataHash))) {
      throw new BlockFormatException(
          "the transactions in block "
              + Long.toUnsignedString(block.getHeader().getNumber())
              + " are not those its header names");
    }
  }

  /** One signature of an ordering organisation over metadata ‖ signature header ‖ header. */
  private void checkOrderer(Block block, Instant at) throws BlockFormatException {
    long number = block.getHeader().getNumber();
    if (block.getMetadata().getMetadataCount() <= BlockMetadataIndex.SIGNATURES_VALUE) {
      throw new BlockFormatException("block " + number + " has no orderer's signature");
    }
    String why = "there is none";
    try {
      Metadata metadata =
          Metadata.parseFrom(block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
      byte[] header = BlockHashes.headerBytes(block.getHeader());
      for (MetadataSignature signature : metadata.getSignaturesList()) {
        byte[] message =
            metadata
                .getValue()
                .concat(signature.getSignatureHeader())
                .concat(ByteString.copyFrom(header))
                .toByteArray();
        try {
          ByteString creator =
              SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator();
          if (config.orderers().verify(creator, message, signature.getSignature(), at).isMember()) {
            return;
          }
          why = "its certificate is not that of a node";
        } catch (GeneralSecurityException e) {
          why = String.valueOf(e.getMessage());
        }
      }
    } catch (InvalidProtocolBufferException e) {
      why = "it does not parse";
    }
    throw new BlockFormatException(
        "block " + number + " is not signed by an ordering organisation: " + why);
  }
}
