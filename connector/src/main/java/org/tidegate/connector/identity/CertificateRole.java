package org.tidegate.connector.identity;

import java.util.Locale;

/**
 * What a certificate is for. The role stands in the certificate's organisational unit (OU), so that
 * a certificate good for one purpose is never accepted for another.
 */
public enum CertificateRole {
  /** The space authority's self-signed root: signs admissions and the space descriptor. */
  AUTHORITY("authority", true, false, false),
  /**
   * A participant's self-signed authority: issues the participant's other certificates and signs
   * its join request.
   */
  CA("ca", true, false, false),
  /** The node on the network: server and client of mutual TLS. */
  NODE("node", false, true, true),
  /** The ledger identity: endorses, submits and orders. The OU is the one Fabric gives to peers. */
  LEDGER("peer", false, false, false),
  /**
   * Signs proposals, acceptances and receipts. Fabric classifies no such OU, so it cannot act on
   * the ledger.
   */
  RECEIPT("receipt", false, false, false),
  /** A person or script that administers the node: TLS client only. */
  ADMIN("admin", false, false, true);

  private final String unit;
  private final boolean authority;
  private final boolean tlsServer;
  private final boolean tlsClient;

  CertificateRole(String unit, boolean authority, boolean tlsServer, boolean tlsClient) {
    this.unit = unit;
    this.authority = authority;
    this.tlsServer = tlsServer;
    this.tlsClient = tlsClient;
  }

  /** The value of the certificate's OU. */
  public String unit() {
    return unit;
  }

  /** Whether certificates of this role may issue others. */
  public boolean isAuthority() {
    return authority;
  }

  /** Whether certificates of this role may be presented by a TLS server. */
  public boolean isTlsServer() {
    return tlsServer;
  }

  /** Whether certificates of this role may be presented by a TLS client. */
  public boolean isTlsClient() {
    return tlsClient;
  }

  /** The base name of this role's files in a home: {@code tls}, {@code ledger}, … */
  public String fileStem() {
    return this == NODE ? "tls" : name().toLowerCase(Locale.ROOT);
  }
}
