package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import org.tidegate.ledger.records.Digest;

/**
 * Block 0 of a space's ledger.
 *
 * @param block the block as Fabric serialises it
 * @param headerHash SHA-256 of its header, which block 1 names as its predecessor
 */
public record GenesisBlock(byte[] block, Digest headerHash) {

  /** Copies nothing: callers do not write to the bytes. */
  public GenesisBlock {
    if (block.length == 0) {
      throw new IllegalArgumentException("block 0 is empty");
    }
  }

  /** Makes block 0 for a member list; implemented over the ledger module. */
  @FunctionalInterface
  public interface Factory {
    /**
     * The configuration block of a space.
     *
     * @param space the space's name, which is the channel's
     * @param authority the space authority's root, which the channel configuration names
     * @param members all members, sorted by name
     * @param orderer the member whose node orders
     */
    GenesisBlock create(
        String space, X509Certificate authority, List<SpaceMember> members, String orderer);
  }
}
