package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a certificate that somebody presented into the participant and role it proves, or refuses
 * it. Immutable: when the member list changes, a new one takes its place.
 */
public final class MemberTrust implements PeerTrust {
  private final String self;
  private final Map<String, X509Certificate> authorities;
  private final InstantSource clock;

  /**
   * Trust in the given authorities.
   *
   * @param self the participant whose node this is; only its own administrators are let in
   * @param authorities certificate authority by participant name
   */
  public MemberTrust(String self, Map<String, X509Certificate> authorities, InstantSource clock) {
    this.self = self;
    this.authorities = Map.copyOf(authorities);
    this.clock = clock;
  }

  /** Trust in the members of a space. */
  public static MemberTrust of(String self, Collection<SpaceMember> members, InstantSource clock) {
    Map<String, X509Certificate> authorities = new LinkedHashMap<>();
    members.forEach(member -> authorities.put(member.name(), member.authority()));
    return new MemberTrust(self, authorities, clock);
  }

  /** The participant whose node this is. */
  public String self() {
    return self;
  }

  /** Whether the participant is one of those trusted. */
  @Override
  public boolean knows(String participant) {
    return authorities.containsKey(participant);
  }

  /**
   * Who the client is that presents this certificate: a member's node, or an administrator of this
   * node.
   *
   * @throws IdentityException if it is neither, or not at this time
   */
  @Override
  public PeerIdentity requireClient(X509Certificate certificate) {
    Optional<String> unit = CertificateChecks.unit(certificate);
    CertificateRole role =
        unit.equals(Optional.of(CertificateRole.ADMIN.unit()))
            ? CertificateRole.ADMIN
            : CertificateRole.NODE;
    String participant = CertificateChecks.organisation(certificate).orElse("");
    PeerIdentity peer = require(certificate, participant, role);
    if (role == CertificateRole.ADMIN && !participant.equals(self)) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          "an administrator of "
              + participant
              + " has no business with the node of "
              + self
              + ". Ask "
              + self
              + " to run the command on its own node.");
    }
    return peer;
  }

  /**
   * Checks that the server that presents this certificate is the node of the participant we meant
   * to reach.
   *
   * @throws IdentityException if it is not, or not at this time
   */
  @Override
  public PeerIdentity requireServer(X509Certificate certificate, String participant) {
    return require(certificate, participant, CertificateRole.NODE);
  }

  private PeerIdentity require(
      X509Certificate certificate, String participant, CertificateRole role) {
    String what = "the certificate of " + participant + "'s " + role.unit();
    X509Certificate authority = authorities.get(participant);
    if (authority == null) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          "'"
              + participant
              + "' is not a member of this space (certificate "
              + certificate.getSubjectX500Principal().getName()
              + "). If it was admitted lately, run 'tidegate join' with the newest space.json.");
    }
    CertificateChecks.requireIssued(certificate, authority, participant, role, what);
    String renew = "On the side of " + participant + ", run: tidegate renew --home HOME";
    CertificateChecks.requireCurrent(certificate, clock.instant(), what, renew);
    CertificateChecks.requireCurrent(
        authority,
        clock.instant(),
        "the certificate authority of " + participant,
        "It needs a new home ('tidegate init') and a new admission to the space.");
    return new PeerIdentity(participant, role, certificate);
  }
}
