package org.tidegate.connector.pairing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.connector.transport.JobKey;
import org.tidegate.connector.transport.JobLanes;
import org.tidegate.connector.transport.LaneRegistry;
import org.tidegate.connector.transport.NodeServer;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.connector.transport.TransportException;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;

/** One end of a pair, on the network that nodes use too. Used by one thread. */
public final class Pairing implements AutoCloseable {
  private static final String PATH = "pair";

  private static final Step FAREWELL = new Step(65_535, "farewell");

  private final Party party;
  private final String where;
  private final PeerConnections connections;
  private final LaneRegistry registry;
  private final JobLanes lanes;
  private final Optional<NodeServer> server;

  private Pairing(
      Party party,
      String where,
      PeerConnections connections,
      LaneRegistry registry,
      JobLanes lanes,
      Optional<NodeServer> server) {
    this.party = party;
    this.where = where;
    this.connections = connections;
    this.registry = registry;
    this.lanes = lanes;
    this.server = server;
  }

  /**
   * Listens; {@link #channel} then waits for the peer.
   *
   * @param port 0 takes a free one, see {@link #port}
   * @param wait how long {@link #channel} waits
   * @param deadline of all that follows
   * @throws PairingException if it cannot listen there
   */
  public static Pairing listen(
      Party party, String host, int port, Duration wait, Duration deadline) {
    String where = host + ":" + port;
    PeerConnections connections =
        new PeerConnections(
            party.tls(),
            peer -> {
              throw new IllegalStateException("the listening side connects to nobody");
            });
    LaneRegistry registry = new LaneRegistry(party.self(), connections, wait);
    JobLanes lanes = registry.register(key(party), Set.of(party.peer()), deadline);
    try {
      NodeServer server =
          NodeServer.builder().listen(host, port).identity(party.tls()).service(registry).start();
      return new Pairing(party, where, connections, registry, lanes, Optional.of(server));
    } catch (TransportException e) {
      registry.close();
      throw new PairingException(
          e.code().text(),
          "cannot listen on " + where + "; choose a free port and an address of this machine",
          e);
    }
  }

  /**
   * Connects, when {@link #channel} is called.
   *
   * @param wait how long {@link #channel} waits for an answer
   * @param deadline of all that follows
   */
  public static Pairing connect(Party party, Endpoint to, Duration wait, Duration deadline) {
    PeerConnections connections = new PeerConnections(party.tls(), peer -> to);
    LaneRegistry registry = new LaneRegistry(party.self(), connections, wait);
    JobLanes lanes = registry.register(key(party), Set.of(party.peer()), deadline);
    return new Pairing(party, to.toString(), connections, registry, lanes, Optional.empty());
  }

  /** The port listened on; of the side that connects, 0. */
  public int port() {
    return server.map(NodeServer::port).orElse(0);
  }

  /**
   * The channel to the peer, which has proved to be it.
   *
   * @throws PairingException if it does not come, cannot be reached, or is somebody else
   */
  public Channel channel() {
    try {
      return server.isEmpty() ? lanes.open(party.peer(), PATH) : lanes.accept(party.peer(), PATH);
    } catch (ChannelException e) {
      throw explain(e);
    }
  }

  private PairingException explain(ChannelException e) {
    TransportException.Code code = TransportException.Code.UNREACHABLE;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IdentityException identity) {
        return new PairingException(
            TransportException.Code.UNTRUSTED.text(), String.valueOf(identity.getMessage()), e);
      }
      if (cause instanceof TransportException transport) {
        code = transport.code();
      }
    }
    String what =
        switch (code) {
          case UNREACHABLE ->
              server.isEmpty()
                  ? "the other side cannot be reached at "
                      + where
                      + ". Start it first, with --listen; check address and firewall; and check"
                      + " that it was given this side's fingerprint or name, "
                      + party.self()
                      + ", as --peer"
                  : "the other side did not come to " + where + " in time";
          case UNTRUSTED ->
              "the other side at "
                  + where
                  + " does not expect this one. Its --peer must be "
                  + party.self();
          default -> String.valueOf(e.getMessage());
        };
    return new PairingException(code.text(), what, e);
  }

  /** What both ends know beforehand: who they are. */
  private static JobKey key(Party party) {
    String names = String.join(" ", Stream.of(party.self(), party.peer()).sorted().toList());
    byte[] bytes = names.getBytes(StandardCharsets.UTF_8);
    return new JobKey(label("pair/1 ", bytes), label("plan/1 ", bytes), label("none/1 ", bytes));
  }

  private static Digest label(String label, byte[] bytes) {
    return Digest.of(("tidegate." + label).getBytes(StandardCharsets.UTF_8), bytes);
  }

  /**
   * Parts in order, so that neither side takes the line away while the other still reads from it.
   * All that mattered has been said before: a peer that is gone already is no failure.
   *
   * @param channel as {@link #channel} gave it
   */
  public void part(Channel channel) {
    try {
      if (server.isEmpty()) {
        channel.send(FAREWELL, new byte[0]);
        byte[] unused = channel.receive(FAREWELL, 0);
      } else {
        byte[] unused = channel.receive(FAREWELL, 0);
        channel.send(FAREWELL, new byte[0]);
      }
      channel.close();
    } catch (ChannelException | ProtocolAbortException e) {
      channel.abort("the other side left");
    }
  }

  /** Ends all channels. */
  @Override
  public void close() {
    lanes.close();
    registry.close();
    connections.close();
    server.ifPresent(NodeServer::close);
  }
}
