package org.tidegate.connector.pairing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.tidegate.connector.identity.CertificateRole;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.PairIdentity;
import org.tidegate.connector.identity.PinnedTrust;
import org.tidegate.connector.transport.TlsIdentity;

/**
 * Who this side is, and whom it expects.
 *
 * @param self this side's name: its fingerprint, or the participant
 * @param peer the other side's name
 * @param tls what it presents and believes
 */
public record Party(String self, String peer, TlsIdentity tls) {
  /**
   * By fingerprints.
   *
   * @param directory of this side's identity, made if missing
   * @param peer the other side's fingerprint
   * @throws IdentityException if the identity is damaged, or {@code peer} is no fingerprint or this
   *     side's own
   */
  public static Party pinned(Path directory, String peer, SecureRandom random) {
    InstantSource clock = InstantSource.system();
    PinnedTrust trust = new PinnedTrust(peer, clock);
    PairIdentity own = PairIdentity.openOrMake(directory, random, clock);
    String other = PinnedTrust.normal(peer);
    if (other.equals(own.fingerprint())) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "--peer is this side's own fingerprint. Pass the other side's; two sides on one machine"
              + " need an --identity directory each.");
    }
    return new Party(own.fingerprint(), other, TlsIdentity.fixed(own.credential(), trust));
  }

  /**
   * As members of a space.
   *
   * @param home a node's home that has joined it
   * @param peer another member
   * @throws IdentityException if the home does not do, or {@code peer} is no other member
   */
  public static Party member(Path home, String peer) {
    NodeHome node = NodeHome.open(home);
    node.requireCurrent(CertificateRole.NODE);
    String other = node.space().requireMember(peer).name();
    if (other.equals(node.participant())) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "--peer " + peer + " is this node itself; name the other member.");
    }
    return new Party(node.participant(), other, new TlsIdentity(node::tls, node::trust));
  }
}
