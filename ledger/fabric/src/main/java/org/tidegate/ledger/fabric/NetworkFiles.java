package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.embedded.Genesis;
import org.tidegate.ledger.records.Signatures;

/** Writes everything that a new network's programs read, and block 0. */
final class NetworkFiles {
  private static final String AUTHORITY = "authority.txt";

  private NetworkFiles() {}

  /**
   * Writes a new network.
   *
   * @param directory an empty one, or none yet
   * @return where everything is
   */
  static NetworkLayout write(
      Path directory, FabricSpace space, boolean version2, SecureRandom random) throws IOException {
    Files.createDirectories(directory);
    NetworkLayout layout =
        NetworkLayout.allocate(directory, space.name(), space.orderer(), space.names());
    ServiceBuilder.write(layout.builder());
    for (FabricOrganisation member : space.organisations()) {
      Path home = layout.peerHome(member.name());
      MspDirectory.writeMsp(
          home.resolve("msp"), member.authority(), member.node(), member.nodeKey());
      MspDirectory.writeTls(
          home.resolve("tls"), member.authority(), Credentials.tls(member, random));
      settings(home.resolve("core.yaml"), ProgramSettings.peer(layout, member.name()));
    }
    FabricOrganisation ordering = space.ordering();
    Credentials identity = Credentials.of(ordering, "orderer", random);
    Credentials tls = Credentials.tls(ordering, random);
    Path home = layout.ordererHome();
    MspDirectory.writeMsp(
        home.resolve("msp"), ordering.authority(), identity.certificate(), identity.key());
    MspDirectory.writeTls(home.resolve("tls"), ordering.authority(), tls);
    settings(home.resolve("orderer.yaml"), ProgramSettings.orderer(layout, version2));
    Files.write(
        layout.genesisFile(),
        NetworkGenesis.of(plain(space), layout, tls.certificate()).toByteArray());
    settings(directory.resolve(AUTHORITY), Signatures.digest(space.authority()).text());
    layout.write();
    return layout;
  }

  private static Block plain(FabricSpace space) {
    SortedMap<String, X509Certificate> authorities = new TreeMap<>();
    space.organisations().forEach(member -> authorities.put(member.name(), member.authority()));
    return Genesis.create(
        space.name(), space.authority(), authorities, space.orderer(), space.batches());
  }

  /** The fingerprint of the space authority, which each contract process pins. */
  static String authority(NetworkLayout layout) throws IOException {
    return Files.readString(layout.directory().resolve(AUTHORITY), StandardCharsets.UTF_8).strip();
  }

  /** The ledger identity of an organisation's node. */
  static Credentials node(NetworkLayout layout, String organisation) throws IOException {
    Path msp = layout.peerHome(organisation).resolve("msp");
    return new Credentials(
        Pems.certificate(msp.resolve("signcerts/cert.pem")),
        Pems.key(msp.resolve("keystore/key.pem")));
  }

  /** The file of the authority that issued an organisation's TLS certificate. */
  static Path tlsAuthority(NetworkLayout layout, String organisation) {
    return layout.peerHome(organisation).resolve("tls/ca.crt");
  }

  private static void settings(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
