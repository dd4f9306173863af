package org.tidegate.ledger.audit.block;

import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * Who a checked certificate speaks for.
 *
 * @param mspId the organisation
 * @param units the organisational units its certificate names, such as {@code peer}
 * @param certificate issued by the organisation's own authority
 */
public record Identity(String mspId, Set<String> units, X509Certificate certificate) {
  /** Whether it may endorse. */
  public boolean isPeer() {
    return units.contains("peer");
  }

  /**
   * Whether it may submit transactions, read blocks, and sign blocks where its org orders: every
   * unit that the MSP knows, as Fabric's role MEMBER.
   */
  public boolean isMember() {
    return units.contains("peer")
        || units.contains("client")
        || units.contains("orderer")
        || units.contains("admin");
  }
}
