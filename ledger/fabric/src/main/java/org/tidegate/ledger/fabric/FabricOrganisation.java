package org.tidegate.ledger.fabric;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A member with its own authority, as its part of a network on this machine needs it.
 *
 * @param name the member's name, which is its MSP id
 * @param authority the member's own authority, its MSP's only root
 * @param authorityKey the authority's key; issues TLS certificates when the network is made, and an
 *     administrator's that is never stored
 * @param node the ledger certificate, OU=peer: signs endorsements, and the node's transactions
 * @param nodeKey its private key
 */
public record FabricOrganisation(
    String name,
    X509Certificate authority,
    PrivateKey authorityKey,
    X509Certificate node,
    PrivateKey nodeKey) {

  /** Everything but the keys. */
  @Override
  public String toString() {
    return "FabricOrganisation[" + name + "]";
  }
}
