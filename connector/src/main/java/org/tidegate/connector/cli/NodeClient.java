package org.tidegate.connector.cli;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.proto.admin.v1.AdminServiceGrpc;
import org.tidegate.proto.admin.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import org.tidegate.proto.admin.v1.RecordRequest;
import tools.jackson.databind.JsonNode;

/** The administration service of the node that a home belongs to. */
public final class NodeClient implements AutoCloseable {
  private final NodeHome home;
  private final PeerConnections connections;

  /**
   * Connects with the home's administrator certificate.
   *
   * @param home the node's home
   */
  public NodeClient(Path home) {
    this.home = NodeHome.open(home);
    this.connections = PeerConnections.ofAdministrator(this.home, this.home.endpoint());
  }

  /** The participant whose node this is. */
  public String participant() {
    return home.participant();
  }

  /** The node's home. */
  public NodeHome home() {
    return home;
  }

  /**
   * Makes a call.
   *
   * @param seconds the deadline
   */
  public <T> T call(long seconds, Function<AdminServiceBlockingStub, T> call) {
    try {
      return call.apply(
          AdminServiceGrpc.newBlockingStub(connections.to(participant()))
              .withDeadlineAfter(seconds, TimeUnit.SECONDS)
              .withMaxInboundMessageSize(MAX_ANSWER_BYTES));
    } catch (StatusRuntimeException e) {
      throw told(e);
    }
  }

  /** Reads or writes one of the ledger's other records, as {@code Administration.record} says. */
  JsonNode record(String function, JsonObject request) {
    return record(function, CanonicalJson.encode(request));
  }

  /**
   * The same with the arguments as bytes.
   *
   * @param request canonical JSON
   */
  JsonNode record(String function, byte[] request) {
    RecordRequest message =
        RecordRequest.newBuilder()
            .setFunction(function)
            .setJsonBytes(ByteString.copyFrom(request))
            .build();
    return parse(call(GrantCommands.LEDGER_SECONDS, stub -> stub.record(message)).getJson());
  }

  /** The largest result a node gives, with what its text needs in JSON. */
  private static final int MAX_ANSWER_BYTES = 512 << 20;

  /** The node's own words where it gave any, else the transport's. */
  private RuntimeException told(StatusRuntimeException e) {
    String description = e.getStatus().getDescription();
    if (description != null && description.startsWith("{")) {
      try {
        CanonicalJson.decodeText(description).string("code");
        return Failures.of(e);
      } catch (RecordException notOurs) {
        return connections.failure(participant(), e);
      }
    }
    return connections.failure(participant(), e);
  }

  /** Reads an answer. */
  public static JsonNode parse(String json) {
    return Output.mapper().readTree(json);
  }

  @Override
  public void close() {
    connections.close();
  }
}
