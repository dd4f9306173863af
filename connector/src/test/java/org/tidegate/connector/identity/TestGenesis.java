package org.tidegate.connector.identity;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.records.Digest;

/** A well-formed block 0 that configures nothing, for tests that run no ledger. */
public final class TestGenesis {
  private TestGenesis() {}

  /** As {@link GenesisBlock.Factory}. */
  public static GenesisBlock create(
      String space, X509Certificate authority, List<SpaceMember> members, String orderer) {
    ByteString content = ByteString.copyFrom(space + orderer, StandardCharsets.UTF_8);
    Block block =
        Block.newBuilder()
            .setHeader(
                BlockHeader.newBuilder()
                    .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(List.of(content)))))
            .setData(BlockData.newBuilder().addData(content))
            .build();
    return new GenesisBlock(
        block.toByteArray(), Digest.ofHash(BlockHashes.headerHash(block.getHeader())));
  }
}
