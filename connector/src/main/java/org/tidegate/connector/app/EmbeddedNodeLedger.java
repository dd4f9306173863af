package org.tidegate.connector.app;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.connector.config.ConfigException;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceDescriptor;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.ledger.embedded.EmbeddedLedger;
import org.tidegate.ledger.embedded.LedgerSettings;
import org.tidegate.ledger.records.SignedHead;

/** The ledger in the node itself: peer, and orderer where this member orders. */
final class EmbeddedNodeLedger implements NodeLedger {
  private final EmbeddedLedger ledger;
  private final Channel gateway;

  private EmbeddedNodeLedger(EmbeddedLedger ledger, Channel gateway) {
    this.ledger = ledger;
    this.gateway = gateway;
  }

  static EmbeddedNodeLedger open(
      NodeHome home, SpaceDescriptor space, PeerConnections connections) {
    Credential credential = home.ledger();
    try {
      return new EmbeddedNodeLedger(
          EmbeddedLedger.open(
              LedgerSettings.of(
                  home.path().resolve("ledger"),
                  Block.parseFrom(space.genesis().block()),
                  home.participant(),
                  credential.certificate(),
                  credential.privateKey(),
                  space.orderer(),
                  connections::to)),
          connections.to(home.participant()));
    } catch (InvalidProtocolBufferException e) {
      throw new ConfigException(
          "block 0 in "
              + home.spaceFile()
              + " cannot be read; ask the operator of the space for the file again");
    }
  }

  @Override
  public Channel gateway() {
    return gateway;
  }

  @Override
  public SignedHead head() {
    return ledger.head();
  }

  @Override
  public Block block(long number) throws IOException {
    return ledger.block(number);
  }

  @Override
  public Optional<String> trouble() {
    return ledger.trouble();
  }

  @Override
  public List<BindableService> services() {
    return List.copyOf(ledger.services());
  }

  @Override
  public void close() {
    ledger.close();
  }
}
