package org.tidegate.ledger.contract;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hyperledger.fabric.metrics.Metrics;
import org.hyperledger.fabric.metrics.MetricsProvider;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.NettyChaincodeServer;
import org.hyperledger.fabric.traces.Traces;
import org.hyperledger.fabric.traces.TracesProvider;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.RecordException;

/**
 * Serves {@link TidegateContract} to Fabric peers as chaincode-as-a-service.
 *
 * <p>Environment: {@code CHAINCODE_SERVER_ADDRESS} ({@code host:port} to listen on), {@code
 * CORE_CHAINCODE_ID_NAME} (the package id, read by the shim), {@code TIDEGATE_AUTHORITY} ({@code
 * sha256:} fingerprint of the space authority's certificate; optional).
 */
public final class ContractServer {
  private static final int USAGE = 2;

  // Held here, since the logging system would forget a logger that nobody holds.
  private static final Logger SHIM = Logger.getLogger("org.hyperledger.fabric");

  private ContractServer() {}

  /** Serves until the process ends. Exit code 2 with one line when the environment is not right. */
  public static void main(String[] args) throws IOException, InterruptedException {
    SHIM.setLevel(Level.WARNING);
    ChaincodeServerProperties properties = new ChaincodeServerProperties();
    TidegateContract contract;
    try {
      properties.setServerAddress(address(System.getenv("CHAINCODE_SERVER_ADDRESS")));
      contract =
          new TidegateContract(
              Optional.ofNullable(System.getenv("TIDEGATE_AUTHORITY")).map(Digest::parse));
      if (System.getenv("CORE_CHAINCODE_ID_NAME") == null) {
        throw new RecordException("CORE_CHAINCODE_ID_NAME is not set; expected the package id");
      }
      // The server takes the package id from the contract, which reads it from there.
      contract.processEnvironmentOptions();
    } catch (RecordException e) {
      System.err.println("contract server: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
    // What the shim's own main does before it serves: without these its calls fail.
    Properties configuration = contract.getChaincodeConfig();
    MetricsProvider unusedMetrics = Metrics.initialize(configuration);
    TracesProvider unusedTraces = Traces.initialize(configuration);
    new NettyChaincodeServer(contract, properties).start();
  }

  private static InetSocketAddress address(@Nullable String text) {
    int colon = text == null ? -1 : text.lastIndexOf(':');
    if (text != null && colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")) {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port <= 65_535) {
        return new InetSocketAddress(text.substring(0, colon), port);
      }
    }
    throw new RecordException(
        "CHAINCODE_SERVER_ADDRESS is '" + text + "'; expected host:port to listen on");
  }
}
