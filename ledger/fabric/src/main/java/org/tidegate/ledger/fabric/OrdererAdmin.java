package org.tidegate.ledger.fabric;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hyperledger.fabric.protos.common.Block;

/** Talks to an orderer's channel participation interface: REST over mutual TLS. */
final class OrdererAdmin implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String BOUNDARY = "tidegate-config-block";
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final String channels;
  private final HttpClient client;

  /**
   * @param port the orderer's administration port
   * @param authority must have issued the orderer's certificate
   * @param identity a TLS certificate of the orderer's own authority
   */
  OrdererAdmin(int port, X509Certificate authority, Credentials identity) {
    channels = "https://" + NetworkLayout.at(port) + "/participation/v1/channels";
    client =
        HttpClient.newBuilder()
            .sslContext(context(authority, identity))
            .connectTimeout(TIMEOUT)
            .build();
  }

  private static SSLContext context(X509Certificate authority, Credentials identity) {
    try {
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "admin", identity.key(), password, new Certificate[] {identity.certificate()});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      roots.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new FabricException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Whether the orderer is there and orders a channel. */
  boolean isIn(String channel) throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(path(channel))).GET());
    return response.statusCode() == OK;
  }

  /** Lets the orderer order the channel that begins with this block. */
  void join(Block genesis) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(
        body,
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"config-block\";"
            + " filename=\"genesis.block\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    body.write(genesis.toByteArray());
    write(body, "\r\n--" + BOUNDARY + "--\r\n");
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(channels))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    if (response.statusCode() != CREATED) {
      throw new FabricException(
          "the orderer refused block 0: HTTP " + response.statusCode() + ", " + response.body());
    }
  }

  private String path(String channel) {
    return channels + "/" + channel;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
