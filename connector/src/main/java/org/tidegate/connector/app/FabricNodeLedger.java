package org.tidegate.connector.app;

import io.grpc.BindableService;
import io.grpc.Channel;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.connector.config.ConfigException;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceDescriptor;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.fabric.FabricException;
import org.tidegate.ledger.fabric.PeerLedger;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.SignedHead;

/** The ledger on a Fabric network, by this participant's own peer. */
final class FabricNodeLedger implements NodeLedger {
  private final PeerLedger peer;
  private final String url;
  private final Digest genesisHash;

  private FabricNodeLedger(PeerLedger peer, String url, Digest genesisHash) {
    this.peer = peer;
    this.url = url;
    this.genesisHash = genesisHash;
  }

  /**
   * Connects. A peer that cannot be reached yet is no reason not to start; one that has another
   * chain than the space's is.
   *
   * @param url {@code grpcs://host:port}, checked
   * @throws ConfigException if the peer's channel does not begin with the space's block 0
   */
  static FabricNodeLedger open(NodeHome home, SpaceDescriptor space, String url) {
    URI uri = URI.create(url);
    Credential credential = home.ledger();
    PeerLedger peer =
        PeerLedger.connect(
            new PeerLedger.Address(
                uri.getHost(), uri.getPort(), home.participant(), home.authority()),
            space.space(),
            credential.certificate(),
            credential.privateKey(),
            new SecureRandom());
    FabricNodeLedger ledger = new FabricNodeLedger(peer, url, space.genesisHash());
    Optional<String> foreign = ledger.foreign();
    if (foreign.isPresent()) {
      peer.close();
      throw new ConfigException(foreign.get());
    }
    return ledger;
  }

  /** What is wrong with the chain of a peer that answers. */
  private Optional<String> foreign() {
    try {
      return peer.headerHash(0).equals(genesisHash)
          ? Optional.empty()
          : Optional.of(
              "ledger.url: the peer at "
                  + url
                  + " has another chain than this space's; its block 0 is not the one that the"
                  + " space's authority signed");
    } catch (FabricException e) {
      return Optional.empty();
    }
  }

  @Override
  public Channel gateway() {
    return peer.channel();
  }

  @Override
  public SignedHead head() {
    try {
      return peer.head();
    } catch (FabricException e) {
      throw unreachable(e);
    }
  }

  @Override
  public Block block(long number) {
    try {
      return peer.block(number);
    } catch (FabricException e) {
      throw unreachable(e);
    }
  }

  private LedgerException unreachable(FabricException e) {
    return new LedgerException(
        LedgerCodes.UNREACHABLE,
        "the Fabric peer at " + url + " does not answer: " + e.getMessage(),
        true,
        e);
  }

  @Override
  public Optional<String> trouble() {
    try {
      SignedHead unused = peer.head();
      return foreign();
    } catch (FabricException e) {
      return Optional.of("the Fabric peer at " + url + " does not answer: " + e.getMessage());
    }
  }

  @Override
  public List<BindableService> services() {
    return List.of();
  }

  @Override
  public void close() {
    peer.close();
  }
}
