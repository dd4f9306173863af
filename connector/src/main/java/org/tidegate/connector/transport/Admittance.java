package org.tidegate.connector.transport;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.connector.identity.PeerIdentity;
import org.tidegate.connector.identity.PeerTrust;

/**
 * The door of a node's server. Who the peer is, is decided once a connection from its certificate;
 * whether it may use the service, at every call. A certificate that runs out while its connection
 * stands ends the calls on it, and so does a member list that no longer names the peer.
 */
final class Admittance extends ServerTransportFilter implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(Admittance.class);
  private static final Attributes.Key<PeerIdentity> PEER = Attributes.Key.create("tidegate-peer");

  private final Supplier<PeerTrust> trust;
  private final InstantSource clock;
  private final int version;

  Admittance(Supplier<PeerTrust> trust, InstantSource clock, int version) {
    this.trust = trust;
    this.clock = clock;
    this.version = version;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    X509Certificate certificate = session == null ? null : certificate(session);
    if (certificate == null) {
      return attributes;
    }
    try {
      PeerIdentity peer = trust.get().requireClient(certificate);
      return attributes.toBuilder().set(PEER, peer).build();
    } catch (IdentityException e) {
      // The handshake believed it a moment ago, so trust was replaced in between.
      log.warn("connection refused: {}", e.getMessage());
      return attributes;
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    PeerIdentity peer = call.getAttributes().get(PEER);
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    if (peer == null) {
      return refuse(
          call,
          Status.UNAUTHENTICATED.withDescription(
              "no certificate of a member's node or of an administrator of this node was"
                  + " presented"));
    }
    if (!isCurrent(peer)) {
      return refuse(
          call,
          Status.UNAUTHENTICATED.withDescription(
              "the certificate of "
                  + peer
                  + " is no longer accepted: connect anew with a current one"));
    }
    ServiceAccess access = ServiceAccess.of(service).orElse(null);
    if (access == null || !access.allows(peer)) {
      log.warn("{} was refused the service {}", peer, service);
      return refuse(
          call,
          Status.PERMISSION_DENIED.withDescription(
              peer
                  + " may not use "
                  + service
                  + (access == null ? "" : ", which is for " + access.who())));
    }
    ServerCall<Q, A> admitted = call;
    if (ServiceAccess.isVersioned(service)) {
      String theirs = ProtocolVersion.in(headers);
      if (!theirs.equals(Integer.toString(version))) {
        String text = ProtocolVersion.mismatch(peer.participant(), theirs, version);
        log.warn("call refused: {}", text);
        return refuse(call, Status.FAILED_PRECONDITION.withDescription(text));
      }
      admitted = new VersionedCall<>(call, version);
    }
    return Contexts.interceptCall(
        Context.current().withValue(PeerContext.KEY, peer), admitted, headers, next);
  }

  private boolean isCurrent(PeerIdentity peer) {
    return !clock.instant().isAfter(peer.certificate().getNotAfter().toInstant())
        && trust.get().knows(peer.participant());
  }

  private <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
    Metadata trailers = new Metadata();
    trailers.put(ProtocolVersion.HEADER, Integer.toString(version));
    call.close(status, trailers);
    return new ServerCall.Listener<>() {};
  }

  private static @Nullable X509Certificate certificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first ? first : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** Tells the peer our version with the first thing we send. */
  private static final class VersionedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final int version;
    private boolean sent;

    VersionedCall(ServerCall<Q, A> call, int version) {
      super(call);
      this.version = version;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(ProtocolVersion.HEADER, Integer.toString(version));
      sent = true;
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!sent) {
        trailers.put(ProtocolVersion.HEADER, Integer.toString(version));
      }
      super.close(status, trailers);
    }
  }
}
