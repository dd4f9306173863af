package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.tidegate.ledger.audit.block.BlockHashes;

/** Makes and signs blocks with an orderer's key. */
record BlockSealer(NodeIdentity orderer) {
  private static final ByteString NONCE = ByteString.copyFrom(new byte[24]);

  /** The block of these envelopes and flags after {@code previous}. */
  Block seal(Block previous, List<ByteString> envelopes, byte[] flags) {
    return flagged(
        sign(
            BlockHeader.newBuilder()
                .setNumber(previous.getHeader().getNumber() + 1)
                .setPreviousHash(ByteString.copyFrom(BlockHashes.headerHash(previous.getHeader())))
                .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(envelopes)))
                .build(),
            envelopes),
        flags);
  }

  /** A block with that header, signed. */
  Block sign(BlockHeader header, List<ByteString> envelopes) {
    ByteString value =
        OrdererBlockMetadata.newBuilder()
            .setLastConfig(LastConfig.getDefaultInstance())
            .build()
            .toByteString();
    ByteString signatureHeader =
        SignatureHeader.newBuilder()
            .setCreator(orderer.serialized())
            .setNonce(NONCE)
            .build()
            .toByteString();
    ByteString message =
        value.concat(signatureHeader).concat(ByteString.copyFrom(BlockHashes.headerBytes(header)));
    Metadata signatures =
        Metadata.newBuilder()
            .setValue(value)
            .addSignatures(
                MetadataSignature.newBuilder()
                    .setSignatureHeader(signatureHeader)
                    .setSignature(orderer.sign(message)))
            .build();
    return Block.newBuilder()
        .setHeader(header)
        .setData(BlockData.newBuilder().addAllData(envelopes))
        .setMetadata(
            BlockMetadata.newBuilder()
                .addMetadata(signatures.toByteString())
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY))
        .build();
  }

  /** The block with these validation flags, which nobody signs. */
  static Block flagged(Block block, byte[] flags) {
    return metadata(
        block, BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE, ByteString.copyFrom(flags));
  }

  /** The block with another metadata entry. */
  static Block metadata(Block block, int index, ByteString value) {
    return block.toBuilder()
        .setMetadata(block.getMetadata().toBuilder().setMetadata(index, value))
        .build();
  }

  /** The validation flags. */
  static byte[] flags(Block block) {
    return block
        .getMetadata()
        .getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE)
        .toByteArray();
  }
}
