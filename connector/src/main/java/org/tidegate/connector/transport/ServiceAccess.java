package org.tidegate.connector.transport;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.connector.identity.CertificateRole;
import org.tidegate.connector.identity.PeerIdentity;

/**
 * Which role may call which gRPC service. A service that does not stand here cannot be served at
 * all, so a new one is never open by oversight. Fabric's services decide further by the signatures
 * inside the requests.
 */
enum ServiceAccess {
  /** Members' nodes. */
  NODES(EnumSet.of(CertificateRole.NODE)),
  /** Administrators of this node. */
  ADMINISTRATORS(EnumSet.of(CertificateRole.ADMIN)),
  /** Members' nodes and administrators of this node. */
  NODES_AND_ADMINISTRATORS(EnumSet.of(CertificateRole.NODE, CertificateRole.ADMIN));

  private static final Map<String, ServiceAccess> BY_SERVICE =
      Map.of(
          "tidegate.channel.v1.ChannelService", NODES,
          "tidegate.job.v1.JobService", NODES,
          "tidegate.ledger.v1.HeadService", NODES_AND_ADMINISTRATORS,
          "tidegate.admin.v1.AdminService", ADMINISTRATORS,
          "gateway.Gateway", NODES_AND_ADMINISTRATORS,
          "protos.Endorser", NODES,
          "protos.Deliver", NODES_AND_ADMINISTRATORS,
          "orderer.AtomicBroadcast", NODES);

  private final Set<CertificateRole> roles;

  ServiceAccess(Set<CertificateRole> roles) {
    this.roles = roles;
  }

  static Optional<ServiceAccess> of(String service) {
    return Optional.ofNullable(BY_SERVICE.get(service));
  }

  /** Whether the service is one of ours, and so carries the protocol version. */
  static boolean isVersioned(String service) {
    return service.startsWith("tidegate.");
  }

  boolean allows(PeerIdentity peer) {
    return roles.contains(peer.role());
  }

  String who() {
    return switch (this) {
      case NODES -> "members' nodes";
      case ADMINISTRATORS -> "this node's own administrators";
      case NODES_AND_ADMINISTRATORS -> "members' nodes and this node's own administrators";
    };
  }
}
