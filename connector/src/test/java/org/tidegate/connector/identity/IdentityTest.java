package org.tidegate.connector.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.records.Signed;

/** A space made by passing files between homes, and everything that must be refused on the way. */
class IdentityTest {
  @TempDir Path directory;

  private NodeHome home(String name, int port) {
    return NodeHome.create(directory.resolve(name), name, new Endpoint("127.0.0.1", port));
  }

  private SpaceAuthority authority() {
    return SpaceAuthority.create(directory.resolve("operator"), "harbour");
  }

  private static Signed<SpaceDescriptor> admit(SpaceAuthority authority, NodeHome... homes) {
    List<Signed<JoinRequest>> requests =
        Stream.of(homes).map(home -> JoinRequest.load(home.joinRequestFile())).toList();
    return authority.admit(requests, homes[0].participant(), TestGenesis::create);
  }

  private Path file(Signed<SpaceDescriptor> descriptor, String name) {
    Path file = directory.resolve(name);
    SpaceAuthority.write(descriptor, file);
    return file;
  }

  @Test
  void aSpaceIsMadeByPassingFiles() {
    SpaceAuthority authority = authority();
    NodeHome bank = home("bank", 7001);
    NodeHome tax = home("tax", 7002);
    Path file = file(admit(authority, bank, tax), "space.json");
    for (NodeHome node : List.of(bank, tax)) {
      SpaceDescriptor space = node.join(file, Optional.of(authority.fingerprint()));
      assertThat(space.space()).isEqualTo("harbour");
      assertThat(space.version()).isEqualTo(1);
      assertThat(space.orderer()).isEqualTo("bank");
      assertThat(space.memberNames()).containsExactly("bank", "tax");
      assertThat(space.requireMember("tax").fingerprint()).isEqualTo(tax.fingerprint());
      assertThat(space.statement().verify(authority.root().getPublicKey())).isTrue();
    }
    assertThat(NodeHome.open(tax.path()).space().fingerprint()).isEqualTo(authority.fingerprint());
    assertThatThrownBy(() -> bank.space().requireMember("port"))
        .hasMessageContaining("members are bank, tax");
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    SpaceAuthority authority = authority();
    NodeHome bank = home("bank", 7001);
    for (Path home : List.of(directory.resolve("operator"), bank.path())) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.toList()) {
          String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          if (Files.isDirectory(file)) {
            assertThat(mode).as(file.toString()).isEqualTo("rwx------");
          } else if (file.toString().endsWith(".key")) {
            assertThat(mode).as(file.toString()).isEqualTo("rw-------");
          }
          assertThat(file.toString()).doesNotContain(".tmp");
        }
      }
    }
    Path key = bank.path().resolve("identity/tls.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(
        () -> NodeHome.open(bank.path()).tls(),
        IdentityException.Code.PERMISSIONS,
        "chmod 600 " + key);
    assertThat(authority.rootFile()).exists();
  }

  @Test
  void certificatesSatisfyThePlatformsOwnChecks() throws Exception {
    NodeHome bank = home("bank", 7001);
    X509Certificate ca = bank.authority();
    assertThat(ca.getBasicConstraints()).isZero();
    List<java.math.BigInteger> serials = new ArrayList<>();
    for (CertificateRole role :
        List.of(
            CertificateRole.NODE,
            CertificateRole.LEDGER,
            CertificateRole.RECEIPT,
            CertificateRole.ADMIN)) {
      X509Certificate certificate = bank.credential(role).certificate();
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
      parameters.setRevocationEnabled(false);
      var unused =
          CertPathValidator.getInstance("PKIX")
              .validate(
                  CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
                  parameters);
      assertThat(certificate.getSubjectX500Principal().getName())
          .contains("OU=" + role.unit())
          .contains("O=bank");
      assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(128);
      assertThat(certificate.getExtensionValue("2.5.29.14")).as("subject key id").isNotNull();
      assertThat(certificate.getExtensionValue("2.5.29.35")).as("authority key id").isNotNull();
      assertThat(certificate.getNotAfter()).isBeforeOrEqualTo(ca.getNotAfter());
      serials.add(certificate.getSerialNumber());
    }
    assertThat(serials).doesNotHaveDuplicates();
    assertThat(bank.tls().certificate().getSubjectAlternativeNames().iterator().next().get(1))
        .isEqualTo("127.0.0.1");
    assertThat(bank.tls().certificate().getExtendedKeyUsage()).hasSize(2);
    assertThat(bank.admin().certificate().getExtendedKeyUsage()).hasSize(1);
    assertThat(bank.ledger().certificate().getExtendedKeyUsage()).isNull();
    assertThat(bank.tls().toString()).doesNotContain("PRIVATE").contains("CN=bank node");
  }

  @Test
  void nothingIsOverwritten() {
    SpaceAuthority first = authority();
    NodeHome bank = home("bank", 7001);
    assertRefused(this::authority, IdentityException.Code.EXISTS, "already");
    assertRefused(() -> home("bank", 7005), IdentityException.Code.EXISTS, "tidegate renew");
    assertThat(SpaceAuthority.load(directory.resolve("operator")).fingerprint())
        .isEqualTo(first.fingerprint());
    assertThat(NodeHome.open(bank.path()).endpoint().port()).isEqualTo(7001);
  }

  @Test
  void namesAndEndpointsThatDoNotFitAreExplained() {
    assertRefused(
        () -> home("Bank", 7001), IdentityException.Code.ARGUMENT, "beginning with a letter");
    assertRefused(
        () -> SpaceAuthority.create(directory.resolve("x"), "Harbour"),
        IdentityException.Code.ARGUMENT,
        "small letter");
    for (String endpoint :
        List.of(
            "host", "host:", ":1", "host:0", "host:65536", "host:x", "a b:1", "::1:7001", "-:1")) {
      assertRefused(
          () -> Endpoint.parse(endpoint), IdentityException.Code.ARGUMENT, "not an endpoint");
    }
    for (String endpoint : List.of("127.0.0.1:7001", "node.bank.example:7001", "[::1]:7001")) {
      assertThat(Endpoint.parse(endpoint).toString()).isEqualTo(endpoint);
    }
    assertRefused(
        () -> NodeHome.open(directory.resolve("nothing")),
        IdentityException.Code.MISSING,
        "tidegate init");
    assertRefused(
        () -> SpaceAuthority.load(directory.resolve("nothing")),
        IdentityException.Code.MISSING,
        "tidegate space create");
    assertRefused(
        () -> home("bank", 7001).space(),
        IdentityException.Code.MISSING,
        "--fingerprint HEX space.json");
  }

  @Test
  void aChangedByteAnywhereIsNoticed() throws Exception {
    NodeHome bank = home("bank", 7001);
    NodeHome tax = home("tax", 7002);
    byte[] request = Files.readAllBytes(bank.joinRequestFile());
    byte[] space = admit(authority(), bank, tax).canonicalBytes();
    for (byte[] original : List.of(request, space)) {
      for (int at = 0; at < original.length; at += 37) {
        byte[] changed = original.clone();
        changed[at] ^= 1;
        assertThatThrownBy(
                () -> {
                  if (original == request) {
                    JoinRequest.verify(changed, "the request");
                  } else {
                    SpaceDescriptor.verify(changed, "the descriptor");
                  }
                })
            .as("byte %d", at)
            .isInstanceOf(IdentityException.class);
      }
    }
  }

  @Test
  void aParticipantCannotIssueForAnother() {
    NodeHome bank = home("bank", 7001);
    NodeHome tax = home("tax", 7002);
    // tax signs, with its own authority, a request in the name of bank.
    SpaceMember forged =
        new SpaceMember(
            "bank",
            bank.endpoint(),
            tax.authority(),
            tax.tls().certificate(),
            tax.ledger().certificate(),
            tax.receipt().certificate());
    byte[] request =
        Signed.sign(
                new JoinRequest(forged, Instant.now()),
                tax.credential(CertificateRole.CA).privateKey())
            .canonicalBytes();
    assertRefused(
        () -> JoinRequest.verify(request, "the request"),
        IdentityException.Code.UNTRUSTED,
        "is not one of bank");
    // And one with bank's authority, but a ledger certificate of its own.
    SpaceMember mixed =
        new SpaceMember(
            "bank",
            bank.endpoint(),
            bank.authority(),
            bank.tls().certificate(),
            tax.ledger().certificate(),
            bank.receipt().certificate());
    byte[] second =
        Signed.sign(
                new JoinRequest(mixed, Instant.now()),
                bank.credential(CertificateRole.CA).privateKey())
            .canonicalBytes();
    assertRefused(
        () -> JoinRequest.verify(second, "the request"),
        IdentityException.Code.UNTRUSTED,
        "ledger certificate of bank");
  }

  @Test
  void admittingAgainKeepsTheSpaceAndTakesRenewals() {
    SpaceAuthority authority = authority();
    NodeHome bank = home("bank", 7001);
    NodeHome tax = home("tax", 7002);
    Path first = file(admit(authority, bank, tax), "space1.json");
    bank.join(first, Optional.empty());
    tax.join(first, Optional.empty());

    NodeHome moved =
        tax.renew(new Endpoint("127.0.0.1", 7012), Duration.ofDays(30), new SecureRandom());
    Path second = file(admit(authority, bank, moved), "space2.json");
    SpaceDescriptor next = bank.join(second, Optional.empty());
    assertThat(next.version()).isEqualTo(2);
    assertThat(next.genesisHash()).isEqualTo(SpaceDescriptor.load(first).body().genesisHash());
    assertThat(next.requireMember("tax").endpoint().port()).isEqualTo(7012);
    assertThat(moved.join(second, Optional.empty()).version()).isEqualTo(2);
    assertRefused(
        () -> bank.join(first, Optional.empty()),
        IdentityException.Code.MISMATCH,
        "is joined already");

    assertRefused(
        () -> admit(authority, bank),
        IdentityException.Code.MISMATCH,
        "block 0 of its ledger fixes");
    assertRefused(
        () -> admit(authority, bank, moved, home("port", 7003)),
        IdentityException.Code.MISMATCH,
        "bank, tax");
    assertRefused(
        () -> admit(authority, moved, bank), IdentityException.Code.MISMATCH, "the orderer bank");
  }

  @Test
  void admissionRefusesDuplicatesStrangersToOrderAndExpiredCertificates() {
    SpaceAuthority authority = authority();
    NodeHome bank = home("bank", 7001);
    assertRefused(
        () -> admit(authority, bank, bank), IdentityException.Code.ARGUMENT, "two join requests");
    assertRefused(
        () -> admit(authority, bank, home("tax", 7001)),
        IdentityException.Code.ARGUMENT,
        "the endpoint 127.0.0.1:7001");
    assertRefused(
        () ->
            authority.admit(
                List.of(JoinRequest.load(bank.joinRequestFile())), "tax", TestGenesis::create),
        IdentityException.Code.ARGUMENT,
        "the orderer 'tax'");
    NodeHome old =
        NodeHome.create(
            directory.resolve("old"),
            "port",
            new Endpoint("127.0.0.1", 7004),
            Validity.DEFAULT,
            new SecureRandom(),
            InstantSource.fixed(Instant.now().minus(Duration.ofDays(400))));
    assertRefused(
        () -> admit(authority, bank, old), IdentityException.Code.EXPIRED, "tidegate renew --home");
    assertRefused(
        () -> NodeHome.open(old.path()).requireCurrent(),
        IdentityException.Code.EXPIRED,
        "tls.pem");
    NodeHome early =
        NodeHome.create(
            directory.resolve("early"),
            "port",
            new Endpoint("127.0.0.1", 7004),
            Validity.DEFAULT,
            new SecureRandom(),
            InstantSource.fixed(Instant.now().plus(Duration.ofDays(1))));
    assertRefused(
        () -> NodeHome.open(early.path()).requireCurrent(),
        IdentityException.Code.NOT_YET_VALID,
        "Check the clock");
  }

  @Test
  void joiningRefusesAnotherAuthorityAnotherSpaceAndOtherCertificates() {
    SpaceAuthority authority = authority();
    NodeHome bank = home("bank", 7001);
    NodeHome tax = home("tax", 7002);
    Path file = file(admit(authority, bank, tax), "space.json");
    String other = Pem.fingerprint(bank.authority());
    assertRefused(
        () -> bank.join(file, Optional.of(other)), IdentityException.Code.UNTRUSTED, "Do not join");
    for (String malformed :
        new String[] {"5A:41:…", "", other.substring(1), other + "0", "sha256:"}) {
      assertRefused(
          () -> bank.join(file, Optional.of(malformed)),
          IdentityException.Code.ARGUMENT,
          "is no fingerprint");
    }
    assertThat(bank.hasJoined()).isFalse();
    bank.join(file, Optional.of(authority.fingerprint().toLowerCase(java.util.Locale.ROOT)));

    SpaceAuthority second = SpaceAuthority.create(directory.resolve("operator2"), "harbour");
    Path elsewhere = file(admit(second, bank, tax), "elsewhere.json");
    assertRefused(
        () -> bank.join(elsewhere, Optional.empty()),
        IdentityException.Code.MISMATCH,
        "another space");

    NodeHome impostor =
        NodeHome.create(directory.resolve("impostor"), "tax", new Endpoint("127.0.0.1", 7002));
    assertRefused(
        () -> impostor.join(file, Optional.empty()),
        IdentityException.Code.MISMATCH,
        "somebody else was admitted under this name");
    NodeHome stranger = home("port", 7003);
    assertRefused(
        () -> stranger.join(file, Optional.empty()),
        IdentityException.Code.ARGUMENT,
        "not a member");
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    NodeHome bank = home("bank", 7001);
    Path certificate = bank.path().resolve("identity/ledger.pem");
    Files.write(
        certificate,
        "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----"
            .getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        () -> NodeHome.open(bank.path()).ledger(), IdentityException.Code.MALFORMED, "ledger.pem");
    Files.copy(
        bank.path().resolve("identity/receipt.pem"),
        certificate,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        () -> NodeHome.open(bank.path()).ledger(), IdentityException.Code.MISMATCH, "ledger.key");
    Files.delete(certificate);
    assertRefused(
        () -> NodeHome.open(bank.path()).ledger(), IdentityException.Code.MISSING, "ledger.pem");
    assertRefused(
        () -> JoinRequest.load(directory.resolve("none.json")),
        IdentityException.Code.MISSING,
        "join-request.json");
  }

  private static void assertRefused(
      ThrowingCallable call, IdentityException.Code code, String text) {
    IdentityException refusal = catchThrowableOfType(IdentityException.class, call);
    assertThat(refusal).isNotNull().hasMessageContaining(text);
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
  }
}
