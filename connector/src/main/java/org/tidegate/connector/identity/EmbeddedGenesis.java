package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.embedded.BatchLimits;
import org.tidegate.ledger.embedded.Genesis;
import org.tidegate.ledger.records.Digest;

/** Block 0 as the embedded ledger makes it: a Fabric configuration block. */
public final class EmbeddedGenesis implements GenesisBlock.Factory {
  @Override
  public GenesisBlock create(
      String space, X509Certificate authority, List<SpaceMember> members, String orderer) {
    SortedMap<String, X509Certificate> authorities = new TreeMap<>();
    members.forEach(member -> authorities.put(member.name(), member.authority()));
    Block block = Genesis.create(space, authority, authorities, orderer, BatchLimits.DEFAULT);
    return new GenesisBlock(
        block.toByteArray(), Digest.ofHash(BlockHashes.headerHash(block.getHeader())));
  }
}
