package org.tidegate.ledger.client;

import io.grpc.Channel;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where a client connects and as whom.
 *
 * @param grpc a channel to a peer's Gateway service, usually the node's own; stays the caller's
 * @param organisation the MSP id, which is the participant's name
 * @param certificate the identity that signs transactions
 * @param key its ECDSA P-256 private key
 * @param space the space's name, which is the Fabric channel's
 * @param chaincode the name the contract is deployed under
 * @param organisations the MSP ids of all members, of which a majority endorses
 * @param timeouts how long each step may take
 */
public record LedgerConnection(
    Channel grpc,
    String organisation,
    X509Certificate certificate,
    PrivateKey key,
    String space,
    String chaincode,
    List<String> organisations,
    LedgerTimeouts timeouts) {
  /** Copies the list, and sees to it that the own organisation is in it. */
  public LedgerConnection {
    organisations = List.copyOf(organisations);
    if (!organisations.contains(organisation)) {
      throw new IllegalArgumentException(
          "organisation '" + organisation + "' is not among the members " + organisations);
    }
  }
}
