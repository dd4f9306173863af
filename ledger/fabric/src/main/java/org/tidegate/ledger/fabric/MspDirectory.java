package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Writes the directories from which Fabric's programs read who they are. */
final class MspDirectory {
  /** An identity's unit is its certificate's OU, as block 0 says too. */
  private static final String NODE_UNITS =
      """
      NodeOUs:
        Enable: true
        ClientOUIdentifier: {OrganizationalUnitIdentifier: client}
        PeerOUIdentifier: {OrganizationalUnitIdentifier: peer}
        AdminOUIdentifier: {OrganizationalUnitIdentifier: admin}
        OrdererOUIdentifier: {OrganizationalUnitIdentifier: orderer}
      """;

  private MspDirectory() {}

  /** {@code msp}: the authority, and the identity with which the program signs. */
  static void writeMsp(
      Path directory, X509Certificate authority, X509Certificate certificate, PrivateKey key)
      throws IOException {
    write(directory.resolve("cacerts/ca.pem"), Pems.of(authority));
    write(directory.resolve("tlscacerts/ca.pem"), Pems.of(authority));
    write(directory.resolve("signcerts/cert.pem"), Pems.of(certificate));
    writePrivate(directory.resolve("keystore/key.pem"), Pems.of(key));
    write(directory.resolve("config.yaml"), NODE_UNITS);
  }

  /** {@code tls}: {@code ca.crt}, {@code server.crt}, {@code server.key}. */
  static void writeTls(Path directory, X509Certificate authority, Credentials tls)
      throws IOException {
    write(directory.resolve("ca.crt"), Pems.of(authority));
    write(directory.resolve("server.crt"), Pems.of(tls.certificate()));
    writePrivate(directory.resolve("server.key"), Pems.of(tls.key()));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
