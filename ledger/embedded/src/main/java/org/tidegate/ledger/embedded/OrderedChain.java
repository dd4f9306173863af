package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.BlockLinks;
import org.tidegate.ledger.audit.block.ChannelConfig;

/** The orderer's own copy of the chain: what it cut and signed, before any validation. */
final class OrderedChain implements BlockSource, Closeable {
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final int BLOCKS_A_CHECKPOINT = 32;
  private static final int NONCE_BYTES = 24;

  private final LedgerSettings settings;
  private final NodeIdentity self;
  private final Path directory;
  private final BlockLinks links;
  private final BlockFiles files;
  private final HeightGate gate = new HeightGate();

  private long taken;
  private byte[] headHash = new byte[0];
  private byte[] chainHash = new byte[0];
  private long checkpointHeight;

  private OrderedChain(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self, Path directory)
      throws IOException {
    this.settings = settings;
    this.self = self;
    this.directory = directory;
    this.links = new BlockLinks(config);
    settings.files().createDirectories(directory);
    Checkpoint checkpoint =
        Checkpoint.read(settings.files(), directory, self).orElse(new Checkpoint(0, new byte[0]));
    files =
        BlockFiles.open(
            settings.files(),
            directory,
            MAX_FILE_BYTES,
            checkpoint.height(),
            (block, where) -> load(block, where, checkpoint));
    checkpointHeight = checkpoint.height();
  }

  static OrderedChain open(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self, Path directory)
      throws IOException {
    OrderedChain chain = new OrderedChain(settings, config, self, directory);
    try {
      if (chain.taken == 0) {
        chain.files.append(settings.genesis());
        chain.advance(settings.genesis());
      }
      chain.gate.set(chain.taken);
      return chain;
    } catch (IOException | RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  private void load(Block block, String where, Checkpoint checkpoint) {
    try {
      BlockLinks.checkData(block);
      if (taken == 0) {
        if (!block.getHeader().equals(settings.genesis().getHeader())) {
          throw new BlockFormatException("it is not block 0 of this space");
        }
      } else if (taken < checkpoint.height()) {
        BlockLinks.checkPlace(block, taken, headHash);
      } else {
        links.check(block, taken, headHash, Instant.EPOCH);
      }
      advance(block);
      if (taken == checkpoint.height() && !Arrays.equals(chainHash, checkpoint.hash())) {
        throw new BlockFormatException(
            "the chain up to here is not the one that this node signed when it last wrote");
      }
    } catch (BlockFormatException e) {
      throw new EmbeddedLedgerException(
          where
              + " does not verify: "
              + e.getMessage()
              + "; the file was altered, or belongs to another space. Restore the directory from a"
              + " backup",
          e);
    }
  }

  private void advance(Block block) {
    headHash = BlockHashes.headerHash(block.getHeader());
    // Signatures are no part of a header's hash; here they must not change either.
    chainHash = Checkpoint.hash(chainHash, headHash, block.getMetadata().toByteArray());
    taken = block.getHeader().getNumber() + 1;
  }

  /**
   * Makes the next block of the envelopes, signs and syncs it.
   *
   * @param nonce 24 fresh bytes
   * @throws IOException if it cannot be written; nothing has changed then
   */
  void append(List<ByteString> envelopes, byte[] nonce) throws IOException {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce of " + nonce.length + " bytes; expected 24");
    }
    BlockHeader header =
        BlockHeader.newBuilder()
            .setNumber(taken)
            .setPreviousHash(ByteString.copyFrom(headHash))
            .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(envelopes)))
            .build();
    Block block =
        Block.newBuilder()
            .setHeader(header)
            .setData(BlockData.newBuilder().addAllData(envelopes))
            .setMetadata(metadata(header, nonce))
            .build();
    files.append(block);
    advance(block);
    gate.set(taken);
    if (taken - checkpointHeight >= BLOCKS_A_CHECKPOINT) {
      checkpoint();
    }
  }

  /** Signed over metadata value ‖ signature header ‖ block header, as Fabric's orderers do. */
  private BlockMetadata metadata(BlockHeader header, byte[] nonce) {
    LastConfig lastConfig = LastConfig.newBuilder().setIndex(0).build();
    ByteString value =
        OrdererBlockMetadata.newBuilder().setLastConfig(lastConfig).build().toByteString();
    ByteString signatureHeader =
        SignatureHeader.newBuilder()
            .setCreator(self.serialized())
            .setNonce(ByteString.copyFrom(nonce))
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
                    .setSignature(self.sign(message)))
            .build();
    return BlockMetadata.newBuilder()
        .addMetadata(signatures.toByteString())
        .addMetadata(
            Metadata.newBuilder().setValue(lastConfig.toByteString()).build().toByteString())
        .addMetadata(ByteString.EMPTY)
        .addMetadata(ByteString.EMPTY)
        .addMetadata(ByteString.EMPTY)
        .build();
  }

  private void checkpoint() throws IOException {
    new Checkpoint(taken, chainHash).write(settings.files(), directory, self);
    checkpointHeight = taken;
  }

  @Override
  public Block read(long number) throws IOException {
    return files.read(number);
  }

  @Override
  public HeightGate gate() {
    return gate;
  }

  @Override
  public void close() throws IOException {
    gate.close();
    try {
      if (checkpointHeight < taken) {
        checkpoint();
      }
    } finally {
      files.close();
    }
  }
}
