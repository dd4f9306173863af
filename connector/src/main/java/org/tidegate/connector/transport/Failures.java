package org.tidegate.connector.transport;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.IdentityException;

/** Puts gRPC's and TLS's failures into words that say what to do. */
final class Failures {
  private Failures() {}

  static TransportException translate(
      String participant, Endpoint endpoint, Status status, Throwable error) {
    String where = "the node of " + participant + " at " + endpoint;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case TransportException ours -> {
          return ours;
        }
        case IdentityException untrusted -> {
          return new TransportException(
              TransportException.Code.UNTRUSTED,
              where + " is not believed: " + untrusted.getMessage(),
              error);
        }
        default -> {
          // Deeper causes say more.
        }
      }
    }
    return switch (status.getCode()) {
      case UNAVAILABLE -> unavailable(where, status, error);
      case DEADLINE_EXCEEDED ->
          new TransportException(
              TransportException.Code.DEADLINE,
              where
                  + " did not answer in time. It may be busy or the network slow; look at its log,"
                  + " then try again.",
              error);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new TransportException(
              TransportException.Code.UNTRUSTED,
              where + " refused us: " + description(status),
              error);
      case UNIMPLEMENTED ->
          new TransportException(
              TransportException.Code.VERSION,
              where
                  + " does not know this call ("
                  + description(status)
                  + "). It runs another release: upgrade the older of the two.",
              error);
      default ->
          new TransportException(
              TransportException.Code.FAILED, where + " failed: " + description(status), error);
    };
  }

  private static TransportException unavailable(String where, Status status, Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException unknown -> {
          return unreachable(
              where, "the host name is unknown. Check the endpoint in space.json.", error);
        }
        case NoRouteToHostException noRoute -> {
          return unreachable(where, "there is no route to it. Check network and firewall.", error);
        }
        case ConnectException refused -> {
          return unreachable(
              where,
              "nothing listens there. Start it with 'tidegate start', or check endpoint and"
                  + " firewall.",
              error);
        }
        case SSLException tls -> {
          return new TransportException(
              TransportException.Code.UNTRUSTED,
              where
                  + " broke off the TLS handshake ("
                  + tls.getMessage()
                  + "). Most often it does not accept our certificate: not a member of its"
                  + " space.json, or expired. Its log says which.",
              error);
        }
        default -> {
          // Look further down.
        }
      }
    }
    String text = description(status);
    if (text.contains("http2 exception") || text.contains("not an SSL/TLS record")) {
      return unreachable(where, "what listens there is no Tidegate node (" + text + ").", error);
    }
    return unreachable(
        where, "the connection broke (" + text + "). Look at its log, then try again.", error);
  }

  private static TransportException unreachable(String where, String why, Throwable error) {
    return new TransportException(
        TransportException.Code.UNREACHABLE, where + " cannot be reached: " + why, error);
  }

  private static String description(Status status) {
    String text = status.getDescription();
    return text == null ? status.getCode().name() : text;
  }
}
