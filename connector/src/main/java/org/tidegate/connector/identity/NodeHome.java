package org.tidegate.connector.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;

/**
 * A participant's home on its node's machine.
 *
 * <pre>
 * HOME/identity/node.json          name and endpoint
 * HOME/identity/ca.pem, ca.key     the participant's own certificate authority
 * HOME/identity/tls.pem, .key      the node on the network
 * HOME/identity/ledger.pem, .key   the ledger identity
 * HOME/identity/receipt.pem, .key  signs proposals, acceptances, receipts
 * HOME/identity/admin.pem, .key    lets the CLI in
 * HOME/join-request.json           to be passed to the space authority
 * HOME/space.json                  as it came from the space authority, after `tidegate join`
 * </pre>
 *
 * <p>Opening a home reads names and certificates; private keys are read when they are asked for,
 * and again when their file has been replaced. The node needs {@code ca.key} for nothing: it may be
 * kept elsewhere between renewals.
 *
 * <p>Safe for use by several threads.
 */
public final class NodeHome {
  /**
   * Sub-directory of a home with everything that this package writes except the files passed on.
   */
  public static final String DIRECTORY = "identity";

  private static final String NODE_FILE = "node.json";
  private static final String NODE_TYPE = "tidegate.node/1";
  private static final List<CertificateRole> ISSUED =
      List.of(
          CertificateRole.NODE,
          CertificateRole.LEDGER,
          CertificateRole.RECEIPT,
          CertificateRole.ADMIN);

  private final Path home;
  private final String participant;
  private final Endpoint endpoint;
  private final InstantSource clock;
  private final Map<CertificateRole, Loaded> credentials = new EnumMap<>(CertificateRole.class);
  private @Nullable LoadedSpace space;

  private record Loaded(Object stamp, Credential credential) {}

  private record LoadedSpace(Object stamp, Signed<SpaceDescriptor> descriptor) {}

  private NodeHome(Path home, String participant, Endpoint endpoint, InstantSource clock) {
    this.home = home;
    this.participant = participant;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * Makes a participant's authority and node keys, with default validity and the system's clock.
   */
  public static NodeHome create(Path home, String participant, Endpoint endpoint) {
    return create(
        home, participant, endpoint, Validity.DEFAULT, new SecureRandom(), InstantSource.system());
  }

  /**
   * Makes a participant's authority and node keys, and its join request.
   *
   * @param home its directory, made if missing
   * @param participant its name, {@code [a-z][a-z0-9_]{0,31}}
   * @param endpoint where other members reach the node
   * @throws IdentityException if the name is not acceptable, or the home has an identity already
   */
  public static NodeHome create(
      Path home,
      String participant,
      Endpoint endpoint,
      Validity validity,
      SecureRandom random,
      InstantSource clock) {
    JoinRequest.requireName("participant", participant);
    Path target = home.resolve(DIRECTORY);
    if (Files.exists(target)) {
      throw new IdentityException(
          IdentityException.Code.EXISTS,
          "there is an identity in "
              + target
              + " already. Choose another --home; to renew its certificates, run: tidegate renew"
              + " --home "
              + home);
    }
    CertificateIssuer issuer = new CertificateIssuer(random, clock);
    PrivateFiles.makeHome(home);
    PrivateFiles.makeWhole(
        target,
        directory -> {
          Credential authority =
              issuer.selfSigned(participant, CertificateRole.CA, validity.authority());
          authority.store(directory, CertificateRole.CA.fileStem());
          issueAll(issuer, authority, participant, endpoint, validity.issued(), directory);
          writeNodeFile(directory, participant, endpoint);
        });
    NodeHome made = new NodeHome(home, participant, endpoint, clock);
    made.writeJoinRequest();
    return made;
  }

  /** Opens a home, with the system's clock. */
  public static NodeHome open(Path home) {
    return open(home, InstantSource.system());
  }

  /**
   * Opens a home.
   *
   * @throws IdentityException if it is none, or its files are damaged
   */
  public static NodeHome open(Path home, InstantSource clock) {
    Path file = home.resolve(DIRECTORY).resolve(NODE_FILE);
    byte[] bytes = PrivateFiles.read(file, 4096, remedy(home));
    try {
      JsonObject json = CanonicalJson.decode(bytes).expect(NODE_TYPE, "name", "endpoint");
      JoinRequest.requireName("name", json.string("name"));
      return new NodeHome(
          home, json.string("name"), Endpoint.parse(json.string("endpoint")), clock);
    } catch (RecordException e) {
      throw new IdentityException(
          IdentityException.Code.MALFORMED,
          file + " is damaged: " + e.getMessage() + ". Restore it from a copy.",
          e);
    }
  }

  /** The home's directory. */
  public Path path() {
    return home;
  }

  /** The participant's name. */
  public String participant() {
    return participant;
  }

  /** Where other members reach the node. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The participant's certificate authority. */
  public X509Certificate authority() {
    return Credential.loadCertificate(file(CertificateRole.CA, ".pem"), remedy(home));
  }

  /** Fingerprint of the participant's authority, which the space authority compares. */
  public String fingerprint() {
    return Pem.fingerprint(authority());
  }

  /**
   * Certificate and key of a role, as they are on disk now: a pair that was replaced is read anew.
   *
   * @throws IdentityException if the files are missing, damaged, do not belong together or to this
   *     participant
   */
  public synchronized Credential credential(CertificateRole role) {
    Object stamp = PrivateFiles.stamp(file(role, ".pem"));
    Loaded loaded = credentials.get(role);
    if (loaded == null || !loaded.stamp.equals(stamp)) {
      Credential credential =
          Credential.load(home.resolve(DIRECTORY), role.fileStem(), remedy(home));
      String what = "the certificate " + file(role, ".pem");
      if (role == CertificateRole.CA) {
        CertificateChecks.requireAuthority(credential.certificate(), participant, role, what);
      } else {
        CertificateChecks.requireIssued(
            credential.certificate(), authority(), participant, role, what);
      }
      loaded = new Loaded(stamp, credential);
      credentials.put(role, loaded);
    }
    return loaded.credential;
  }

  /** The node's TLS certificate and key. */
  public Credential tls() {
    return credential(CertificateRole.NODE);
  }

  /** The ledger identity. */
  public Credential ledger() {
    return credential(CertificateRole.LEDGER);
  }

  /** The key that signs proposals, acceptances and receipts. */
  public Credential receipt() {
    return credential(CertificateRole.RECEIPT);
  }

  /** The administrator's TLS certificate and key, for the CLI. */
  public Credential admin() {
    return credential(CertificateRole.ADMIN);
  }

  /**
   * Checks, before a node starts, that every certificate it uses is valid now.
   *
   * @throws IdentityException naming the one that is not, since when, and the command that renews
   *     it
   */
  public void requireCurrent() {
    Instant now = clock.instant();
    CertificateChecks.requireCurrent(
        authority(),
        now,
        "the certificate authority " + file(CertificateRole.CA, ".pem"),
        "The participant needs a new home ('tidegate init') and a new admission.");
    for (CertificateRole role : ISSUED) {
      requireCurrent(role);
    }
  }

  /**
   * As {@link #requireCurrent()}, for one role only: what a CLI command needs of {@link
   * CertificateRole#ADMIN}.
   */
  public void requireCurrent(CertificateRole role) {
    CertificateChecks.requireCurrent(
        credential(role).certificate(),
        clock.instant(),
        "the certificate " + file(role, ".pem"),
        "Renew it with: tidegate renew --home " + home);
  }

  /** When the first of this node's certificates expires: worth a warning some weeks ahead. */
  public Instant earliestExpiry() {
    return ISSUED.stream()
        .map(role -> credential(role).certificate().getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * Issues all node keys anew, with default validity; see {@link #renew(Endpoint, Duration,
   * SecureRandom)}.
   */
  public NodeHome renew() {
    return renew(endpoint, Validity.DEFAULT.issued(), new SecureRandom());
  }

  /**
   * Issues all node keys anew from the participant's authority, and writes a new join request. A
   * running node presents the new TLS certificate at its next handshake; peers accept it at once.
   * The ledger and receipt certificates are taken from the member list, so the join request must be
   * admitted again for those.
   *
   * @param newEndpoint where other members reach the node from now on
   * @return the home as it is now
   */
  public synchronized NodeHome renew(Endpoint newEndpoint, Duration validity, SecureRandom random) {
    Credential authority = credential(CertificateRole.CA);
    Path directory = home.resolve(DIRECTORY);
    issueAll(
        new CertificateIssuer(random, clock),
        authority,
        participant,
        newEndpoint,
        validity,
        directory);
    writeNodeFile(directory, participant, newEndpoint);
    NodeHome renewed = new NodeHome(home, participant, newEndpoint, clock);
    renewed.writeJoinRequest();
    return renewed;
  }

  /** Where the join request lies that is passed to the space authority. */
  public Path joinRequestFile() {
    return home.resolve(JoinRequest.FILE_NAME);
  }

  /** Where the joined space's descriptor lies. */
  public Path spaceFile() {
    return home.resolve(SpaceDescriptor.FILE_NAME);
  }

  /**
   * Joins a space, or takes a newer descriptor of the one joined before.
   *
   * @param file the descriptor as it came from the space authority
   * @param expectedFingerprint of the authority's root as the operator got it over another channel,
   *     or empty to go by the file alone (the caller prints {@link SpaceDescriptor#fingerprint} for
   *     comparison)
   * @return the descriptor joined
   * @throws IdentityException if it is damaged, from another authority, older than the one joined,
   *     or does not name this participant with this home's certificates
   */
  public synchronized SpaceDescriptor join(Path file, Optional<String> expectedFingerprint) {
    Signed<SpaceDescriptor> signed = SpaceDescriptor.load(file);
    SpaceDescriptor descriptor = signed.body();
    if (expectedFingerprint.isPresent() && !Pem.isFingerprint(expectedFingerprint.get())) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "'"
              + expectedFingerprint.get().strip()
              + "' is no fingerprint: one is 64 digits 0-9 A-F, in pairs with colons between them"
              + " if wanted, as 'tidegate space create' prints it. Nothing was joined.");
    }
    if (expectedFingerprint.isPresent()
        && !Pem.sameFingerprint(expectedFingerprint.get(), descriptor.fingerprint())) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          file
              + " is from an authority with the fingerprint "
              + descriptor.fingerprint()
              + ", not "
              + expectedFingerprint.get().strip()
              + ". Do not join; ask the operator of the space.");
    }
    if (Files.exists(spaceFile())) {
      requireSuccessor(space(), descriptor, file);
    }
    requireSelf(descriptor, file);
    PrivateFiles.writeShared(spaceFile(), signed.canonicalBytes());
    return descriptor;
  }

  /** Whether the home has joined a space. */
  public boolean hasJoined() {
    return Files.exists(spaceFile());
  }

  /**
   * The space joined, verified; read anew when the file has been replaced.
   *
   * @throws IdentityException if the home has joined none, or the file is damaged
   */
  public SpaceDescriptor space() {
    return signedSpace().body();
  }

  /** As {@link #space}, with the authority's signature. */
  public synchronized Signed<SpaceDescriptor> signedSpace() {
    if (!hasJoined()) {
      throw new IdentityException(
          IdentityException.Code.MISSING,
          participant
              + " has joined no space yet. Pass "
              + joinRequestFile()
              + " to the space authority, and run with the space.json that comes back: tidegate"
              + " join --home "
              + home
              + " --fingerprint HEX space.json, with the authority's fingerprint as its operator"
              + " tells it over another channel");
    }
    Object stamp = PrivateFiles.stamp(spaceFile());
    LoadedSpace loaded = space;
    if (loaded == null || !loaded.stamp.equals(stamp)) {
      loaded = new LoadedSpace(stamp, SpaceDescriptor.load(spaceFile()));
      space = loaded;
    }
    return loaded.descriptor;
  }

  /** Whom this node believes, by the space joined. */
  public MemberTrust trust() {
    return MemberTrust.of(participant, space().members(), clock);
  }

  /** Whom an administrator believes: this participant's own node. */
  public MemberTrust ownTrust() {
    return new MemberTrust(participant, Map.of(participant, authority()), clock);
  }

  private void requireSelf(SpaceDescriptor descriptor, Path file) {
    SpaceMember self = descriptor.requireMember(participant);
    boolean same =
        self.authority().equals(authority())
            && self.ledger().equals(ledger().certificate())
            && self.receipt().equals(receipt().certificate());
    if (!same) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          file
              + " names other certificates for "
              + participant
              + " than those in "
              + home.resolve(DIRECTORY)
              + ": somebody else was admitted under this name, or the certificates were renewed"
              + " since. Pass "
              + joinRequestFile()
              + " to the space authority.");
    }
  }

  private static void requireSuccessor(SpaceDescriptor now, SpaceDescriptor next, Path file) {
    if (!now.authority().equals(next.authority())
        || !now.genesisHash().equals(next.genesisHash())) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          file
              + " describes another space ("
              + next.space()
              + ") than the one this home has joined ("
              + now.space()
              + "). A home belongs to one space; run 'tidegate init' in another.");
    }
    if (next.version() < now.version()) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          file
              + " is version "
              + next.version()
              + " of space "
              + now.space()
              + "; version "
              + now.version()
              + " is joined already. Ask the space authority for the newest.");
    }
  }

  private void writeJoinRequest() {
    SpaceMember member =
        new SpaceMember(
            participant,
            endpoint,
            authority(),
            tls().certificate(),
            ledger().certificate(),
            receipt().certificate());
    Signed<JoinRequest> request =
        Signed.sign(
            new JoinRequest(member, clock.instant()), credential(CertificateRole.CA).privateKey());
    PrivateFiles.writeShared(joinRequestFile(), request.canonicalBytes());
  }

  private static void issueAll(
      CertificateIssuer issuer,
      Credential authority,
      String participant,
      Endpoint endpoint,
      Duration validity,
      Path directory) {
    for (CertificateRole role : ISSUED) {
      Optional<Endpoint> name = role.isTlsServer() ? Optional.of(endpoint) : Optional.empty();
      issuer.issue(authority, participant, role, validity, name).store(directory, role.fileStem());
    }
  }

  private static void writeNodeFile(Path directory, String participant, Endpoint endpoint) {
    PrivateFiles.writeSecret(
        directory.resolve(NODE_FILE),
        CanonicalJson.encode(
            JsonObject.builder()
                .put("type", NODE_TYPE)
                .put("name", participant)
                .put("endpoint", endpoint.toString())
                .build()));
  }

  private Path file(CertificateRole role, String suffix) {
    return home.resolve(DIRECTORY).resolve(role.fileStem() + suffix);
  }

  private static String remedy(Path home) {
    return "A node's home is made by: tidegate init --home "
        + home
        + " --name NAME --endpoint HOST:PORT";
  }
}
