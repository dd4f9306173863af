package org.tidegate.connector.transport;

import java.util.function.Supplier;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.PeerTrust;

/**
 * What a TLS end needs: its own certificate and key, and whom to believe. Both are asked for at
 * every handshake, so a certificate or member list that was replaced serves the next connection;
 * connections that stand are left alone.
 *
 * @param credential this end's certificate and key at this moment
 * @param trust whom this end believes at this moment
 */
public record TlsIdentity(Supplier<Credential> credential, Supplier<PeerTrust> trust) {
  /** An identity that does not change. */
  public static TlsIdentity fixed(Credential credential, PeerTrust trust) {
    return new TlsIdentity(() -> credential, () -> trust);
  }
}
