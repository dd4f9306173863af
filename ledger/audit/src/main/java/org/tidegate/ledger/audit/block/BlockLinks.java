package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.tidegate.ledger.records.Signatures;

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
   * @param after a time that had passed when the block was made, which the orderer's certificate
   *     must outlive: the latest of a valid transaction, since a majority looked at its clock
   * @throws BlockFormatException saying which check failed
   */
  public void check(Block block, long number, byte[] previousHash, Instant after)
      throws BlockFormatException {
    checkPlace(block, number, previousHash);
    checkOrderer(block, after);
  }

  /**
   * Checks a block's number and its link to the block before.
   *
   * @param previousHash the header hash of the block before it, 32 bytes
   * @throws BlockFormatException if one is wrong
   */
  public static void checkPlace(Block block, long number, byte[] previousHash)
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

  /** The later of {@code time} and the times of the valid transactions. */
  public static Instant latestValid(Instant time, List<BlockValidator.Verdict> verdicts) {
    Instant latest = time;
    for (BlockValidator.Verdict verdict : verdicts) {
      EndorserTransaction transaction = verdict.transaction();
      if (transaction != null
          && verdict.code() == TxValidationCode.VALID
          && transaction.time().isAfter(latest)) {
        latest = transaction.time();
      }
    }
    return latest;
  }

  /** One signature of an ordering organisation over metadata ‖ signature header ‖ header. */
  private void checkOrderer(Block block, Instant after) throws BlockFormatException {
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
          Identity orderer = config.orderers().identifyUndated(creator);
          if (!orderer.isMember()) {
            why = "its certificate is not that of a node";
          } else if (orderer.certificate().getNotAfter().toInstant().isBefore(after)) {
            why = "its certificate had expired";
          } else if (Signatures.verify(
              orderer.certificate().getPublicKey(),
              message,
              signature.getSignature().toByteArray())) {
            return;
          } else {
            why = "the signature does not verify";
          }
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
