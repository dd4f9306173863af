package org.tidegate.connector.transport;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
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
              where + " broke off the TLS handshake: " + alert(String.valueOf(tls.getMessage())),
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

  /**
   * What the alert of the other end means for this one; BoringSSL and the JDK spell alerts
   * differently.
   */
  private static String alert(String text) {
    String alert = text.toLowerCase(Locale.ROOT);
    if (alert.contains("certificate_expired") || alert.contains("certificate expired")) {
      return "our certificate has expired, says its clock. Run: tidegate renew --home HOME";
    }
    if (alert.contains("bad_certificate")
        || alert.contains("unknown_ca")
        || alert.contains("unsupported_certificate")
        || alert.contains("certificate_unknown")) {
      return "it does not accept our certificate. Either its space.json does not name our"
          + " authority, or this is no node's certificate. Its log says which.";
    }
    return text + ". Its log says why.";
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
