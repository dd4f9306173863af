package org.tidegate.connector.app;

import io.grpc.Channel;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.tidegate.connector.config.ConfigFile;
import org.tidegate.connector.config.NodeConfig;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.ledger.client.GatewayLedgerClient;
import org.tidegate.ledger.fabric.PeerLedger;

/**
 * The ledger from beside a running node, on the node's machine and with its keys: the path that the
 * node's own transactions take, embedded or Fabric.
 */
public final class LedgerAccess implements AutoCloseable {
  private final NodeHome home;
  private final GatewayLedgerClient client;
  private final AutoCloseable connection;

  private LedgerAccess(NodeHome home, Channel gateway, AutoCloseable connection) {
    this.home = home;
    this.client = Node.ledgerClient(home, home.space(), gateway);
    this.connection = connection;
  }

  /**
   * Connects; no message is sent before the first call.
   *
   * @param directory the home of a node that has joined a space
   * @throws org.tidegate.connector.config.ConfigException if the home cannot be used
   */
  public static LedgerAccess open(Path directory) {
    NodeConfig config = ConfigFile.load(directory.resolve(ConfigFile.NAME));
    NodeHome home = NodeHome.open(directory);
    home.requireCurrent();
    if (config.ledger().isEmbedded()) {
      PeerConnections connections = PeerConnections.ofNode(home);
      return new LedgerAccess(home, connections.to(home.participant()), connections);
    }
    URI uri = URI.create(config.ledger().url());
    Credential credential = home.ledger();
    PeerLedger peer =
        PeerLedger.connect(
            new PeerLedger.Address(
                uri.getHost(), uri.getPort(), home.participant(), home.authority()),
            home.space().space(),
            credential.certificate(),
            credential.privateKey(),
            new SecureRandom());
    return new LedgerAccess(home, peer.channel(), peer);
  }

  /** The node's home. */
  public NodeHome home() {
    return home;
  }

  /** Acts as the node does. */
  public GatewayLedgerClient client() {
    return client;
  }

  @Override
  public void close() throws Exception {
    client.close();
    connection.close();
  }
}
