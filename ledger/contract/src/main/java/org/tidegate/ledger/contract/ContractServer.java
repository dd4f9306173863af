package org.tidegate.ledger.contract;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.NettyChaincodeServer;
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

  private ContractServer() {}

  /** Serves until the process ends. Exit code 2 with one line when the environment is not right. */
  public static void main(String[] args) throws IOException, InterruptedException {
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
    } catch (RecordException e) {
      System.err.println("contract server: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
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
