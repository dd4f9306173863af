package org.tidegate.connector.transport;

import io.grpc.Context;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.PeerIdentity;

/** Who is calling, for the implementations of services. */
public final class PeerContext {
  static final Context.Key<PeerIdentity> KEY = Context.key("tidegate-peer");

  private PeerContext() {}

  /**
   * The caller of the current gRPC call, as its certificate proves.
   *
   * @throws IllegalStateException outside a call to {@link NodeServer}
   */
  public static PeerIdentity current() {
    @Nullable PeerIdentity peer = KEY.get();
    if (peer == null) {
      throw new IllegalStateException("not inside a call to a node's server");
    }
    return peer;
  }
}
