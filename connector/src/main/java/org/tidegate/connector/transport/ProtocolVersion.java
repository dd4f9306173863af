package org.tidegate.connector.transport;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * The version of what nodes say to each other. It goes with every call of a Tidegate service in
 * both directions, in the header {@code tidegate-protocol}; ends of different versions refuse each
 * other by name and number. Fabric's own services carry none.
 */
public final class ProtocolVersion {
  /** The version this build speaks. */
  public static final int CURRENT = 1;

  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("tidegate-protocol", Metadata.ASCII_STRING_MARSHALLER);

  private ProtocolVersion() {}

  /** What one end says to the other when their versions differ. */
  static String mismatch(String peer, String theirs, int ours) {
    int their;
    try {
      their = Integer.parseInt(theirs);
    } catch (NumberFormatException e) {
      return peer
          + " did not say which protocol version it speaks; this node speaks version "
          + ours
          + ". Is it a Tidegate node? Upgrade it to this node's release.";
    }
    String who = their < ours ? peer : "this node";
    return peer
        + " speaks protocol version "
        + their
        + ", this node version "
        + ours
        + ". Upgrade "
        + who
        + " to the release of the other.";
  }

  /** The version in the headers, or "" if there is none. */
  static String in(Metadata headers) {
    return Optional.ofNullable(headers.get(HEADER)).orElse("");
  }

  /** Puts the version on calls, and checks what the peer answers with. */
  static ClientInterceptor client(String peer, int version) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (!ServiceAccess.isVersioned(method.getServiceName() + "")) {
          return next.newCall(method, options);
        }
        return new VersionedCall<>(next.newCall(method, options), peer, version);
      }
    };
  }

  private static final class VersionedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final String peer;
    private final int version;

    VersionedCall(ClientCall<Q, A> call, String peer, int version) {
      super(call);
      this.peer = peer;
      this.version = version;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      headers.put(HEADER, Integer.toString(version));
      super.start(
          new SimpleForwardingClientCallListener<A>(listener) {
            private boolean refused;

            @Override
            public void onHeaders(Metadata answer) {
              String theirs = in(answer);
              if (!theirs.equals(Integer.toString(version))) {
                refused = true;
                cancel(mismatch(peer, theirs, version), null);
              } else {
                super.onHeaders(answer);
              }
            }

            @Override
            public void onMessage(A message) {
              if (!refused) {
                super.onMessage(message);
              }
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              String theirs = in(trailers);
              boolean told = !theirs.isEmpty() && !theirs.equals(Integer.toString(version));
              if (told || refused) {
                String text = told ? mismatch(peer, theirs, version) : status.getDescription();
                super.onClose(
                    Status.FAILED_PRECONDITION
                        .withDescription(text)
                        .withCause(
                            new TransportException(
                                TransportException.Code.VERSION, String.valueOf(text), null)),
                    trailers);
              } else {
                super.onClose(status, trailers);
              }
            }
          },
          headers);
    }
  }
}
