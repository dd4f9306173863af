package org.tidegate.ledger.fabric;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;

/** A node's ledger where its organisation runs a Fabric peer: the chain as that peer has it. */
public final class PeerLedger implements AutoCloseable {
  private final Address address;
  private final String space;
  private final Credentials node;
  private final ManagedChannel channel;
  private final PeerAdmin peer;

  /**
   * Where a peer listens.
   *
   * @param host its name or address, which its TLS certificate must state
   * @param port its port
   * @param organisation whose it is
   * @param authority must have issued its TLS certificate
   */
  public record Address(String host, int port, String organisation, X509Certificate authority) {}

  private PeerLedger(Address address, String space, Credentials node, SecureRandom random) {
    this.address = address;
    this.space = space;
    this.node = node;
    channel = Connections.to(address.host(), address.port(), address.authority());
    peer = new PeerAdmin(address.organisation(), node, channel, random);
  }

  /**
   * Connects; nothing is sent before the first question.
   *
   * @param space the space's name, which is the channel's
   * @param certificate the node's ledger certificate
   * @param key its private key
   */
  public static PeerLedger connect(
      Address address,
      String space,
      X509Certificate certificate,
      PrivateKey key,
      SecureRandom random) {
    return new PeerLedger(address, space, new Credentials(certificate, key), random);
  }

  /** The connection, whose gateway takes transactions. */
  public Channel channel() {
    return channel;
  }

  /**
   * A committed block, with the peer's verdicts on its transactions.
   *
   * @throws FabricException if the peer cannot be asked, or has no such block
   */
  public Block block(long number) {
    return peer.block(space, number);
  }

  /** A block's header hash. */
  public Digest headerHash(long number) {
    return Digest.ofHash(BlockHashes.headerHash(block(number).getHeader()));
  }

  /**
   * The chain's end as the peer has it now, signed by the node.
   *
   * @throws FabricException if the peer cannot be asked
   */
  public SignedHead head() {
    BlockchainInfo chain = peer.chain(space);
    Head head =
        new Head(
            space,
            chain.getHeight(),
            Digest.ofHash(chain.getCurrentBlockHash().toByteArray()),
            address.organisation(),
            Instant.now());
    return new SignedHead(Signed.sign(head, node.key()), Pems.of(node.certificate()));
  }

  @Override
  public void close() {
    Connections.close(channel);
  }
}
