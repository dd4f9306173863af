package org.tidegate.connector.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * The authority of a space, in its own home: a root certificate and the power to say who is a
 * member. It can admit and leave out participants; it cannot speak for one, since each has its own
 * authority.
 *
 * <p>Files: {@code HOME/authority/root.pem} and {@code root.key}; {@code HOME/authority/space.json}
 * is the descriptor issued last.
 */
public final class SpaceAuthority {
  // Fabric's rule for channel names, without the dot.
  private static final Pattern SPACE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final String DIRECTORY = "authority";
  private static final String STEM = "root";

  private final Path home;
  private final Credential root;
  private final InstantSource clock;

  private SpaceAuthority(Path home, Credential root, InstantSource clock) {
    this.home = home;
    this.root = root;
    this.clock = clock;
  }

  /** Makes the authority of a new space, with default validity and the system's clock. */
  public static SpaceAuthority create(Path home, String space) {
    return create(home, space, Validity.DEFAULT, new SecureRandom(), InstantSource.system());
  }

  /**
   * Makes the authority of a new space.
   *
   * @param home its directory, made if missing
   * @param space the space's name: {@code [a-z][a-z0-9-]{0,62}}
   * @throws IdentityException if the name is not acceptable, or the home has an authority already
   */
  public static SpaceAuthority create(
      Path home, String space, Validity validity, SecureRandom random, InstantSource clock) {
    if (!SPACE_NAME.matcher(space).matches()) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "'"
              + space
              + "' is not a space's name: it begins with a small letter, followed by up to 62 small"
              + " letters, digits and hyphens.");
    }
    Path target = home.resolve(DIRECTORY);
    if (Files.exists(target)) {
      throw new IdentityException(
          IdentityException.Code.EXISTS,
          "there is an authority in "
              + target
              + " already. Choose another --home; to admit members, run: tidegate space admit"
              + " --home "
              + home);
    }
    Credential root =
        new CertificateIssuer(random, clock)
            .selfSigned(space, CertificateRole.AUTHORITY, validity.authority());
    PrivateFiles.makeHome(home);
    PrivateFiles.makeWhole(target, directory -> root.store(directory, STEM));
    return new SpaceAuthority(home, root, clock);
  }

  /** Opens the authority in a home, with the system's clock. */
  public static SpaceAuthority load(Path home) {
    return load(home, InstantSource.system());
  }

  /**
   * Opens the authority in a home.
   *
   * @throws IdentityException if there is none, or its files are damaged or open to others
   */
  public static SpaceAuthority load(Path home, InstantSource clock) {
    Credential root =
        Credential.load(
            home.resolve(DIRECTORY),
            STEM,
            "A space's authority is made by: tidegate space create --home "
                + home
                + " --name NAME");
    return new SpaceAuthority(home, root, clock);
  }

  /** The space's name. */
  public String space() {
    return CertificateChecks.organisation(root.certificate()).orElseThrow();
  }

  /** The root certificate. */
  public X509Certificate root() {
    return root.certificate();
  }

  /** Where the root certificate lies: what {@code audit verify --root} takes. */
  public Path rootFile() {
    return home.resolve(DIRECTORY).resolve(STEM + ".pem");
  }

  /** Fingerprint of the root, which participants compare before they join. */
  public String fingerprint() {
    return Pem.fingerprint(root.certificate());
  }

  /** The descriptor issued last, if any was. */
  public Optional<SpaceDescriptor> descriptor() {
    Path file = descriptorFile();
    return Files.exists(file) ? Optional.of(SpaceDescriptor.load(file).body()) : Optional.empty();
  }

  /**
   * Admits the participants of the requests: makes block 0 and signs the member list. Run again for
   * the same members (after a renewal or with a new endpoint), it keeps block 0 and issues the next
   * version.
   *
   * @param requests verified join requests ({@link JoinRequest#load}), one a participant
   * @param orderer the member whose node orders
   * @param genesis makes block 0 the first time
   * @return the signed descriptor, to be written with {@link #write} and passed to every
   *     participant
   * @throws IdentityException if a participant stands there twice, a certificate has expired, the
   *     orderer is no member, or the space exists with other members
   */
  public Signed<SpaceDescriptor> admit(
      List<Signed<JoinRequest>> requests, String orderer, GenesisBlock.Factory genesis) {
    Instant now = clock.instant();
    CertificateChecks.requireCurrent(
        root.certificate(),
        now,
        "the root of space " + space(),
        "A new space needs a new authority.");
    List<SpaceMember> members = members(requests, now);
    if (members.stream().noneMatch(member -> member.name().equals(orderer))) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "the orderer '"
              + orderer
              + "' is none of the participants to be admitted ("
              + String.join(", ", members.stream().map(SpaceMember::name).toList())
              + "). Pass its join request too, or choose one of them.");
    }
    Optional<SpaceDescriptor> last = descriptor();
    last.ifPresent(descriptor -> requireSameSpace(descriptor, members, orderer));
    GenesisBlock block =
        last.map(SpaceDescriptor::genesis)
            .orElseGet(() -> genesis.create(space(), root.certificate(), members, orderer));
    int version = last.map(SpaceDescriptor::version).orElse(0) + 1;
    SpaceStatement statement =
        new SpaceStatement(
            space(),
            version,
            Pem.encode(root.certificate()),
            orderer,
            members.stream().map(SpaceMember::toRecord).toList(),
            block.headerHash());
    SpaceDescriptor descriptor =
        new SpaceDescriptor(
            version,
            now,
            Signed.sign(statement, root.privateKey()),
            block.block(),
            "the new space.json");
    Signed<SpaceDescriptor> signed = Signed.sign(descriptor, root.privateKey());
    PrivateFiles.writeShared(descriptorFile(), signed.canonicalBytes());
    return signed;
  }

  /** Signs with the authority's root key. */
  public <T extends CanonicalRecord> Signed<T> sign(T record) {
    return Signed.sign(record, root.privateKey());
  }

  /** Writes a descriptor to the file that is passed to the participants. */
  public static void write(Signed<SpaceDescriptor> descriptor, Path out) {
    PrivateFiles.writeShared(out, descriptor.canonicalBytes());
  }

  private Path descriptorFile() {
    return home.resolve(DIRECTORY).resolve(SpaceDescriptor.FILE_NAME);
  }

  private static List<SpaceMember> members(List<Signed<JoinRequest>> requests, Instant now) {
    if (requests.isEmpty() || requests.size() > SpaceDescriptor.MAX_MEMBERS) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          requests.size()
              + " join requests were given; a space has 1 to "
              + SpaceDescriptor.MAX_MEMBERS
              + " members.");
    }
    List<SpaceMember> members = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    Set<Endpoint> endpoints = new LinkedHashSet<>();
    for (Signed<JoinRequest> request : requests) {
      SpaceMember member = request.body().member();
      member.requireCurrent(now, "the join request of " + member.name());
      if (!names.add(member.name())) {
        throw duplicate("the name " + member.name());
      }
      if (!authorities.add(member.authority())) {
        throw duplicate("the certificate authority of " + member.name());
      }
      if (!endpoints.add(member.endpoint())) {
        throw duplicate("the endpoint " + member.endpoint() + " of " + member.name());
      }
      members.add(member);
    }
    members.sort(Comparator.comparing(SpaceMember::name));
    return members;
  }

  private static IdentityException duplicate(String what) {
    return new IdentityException(
        IdentityException.Code.ARGUMENT,
        what + " stands in two join requests. Every participant brings its own, once.");
  }

  /**
   * Block 0 fixes members, authorities and orderer; only what is not in it may change afterwards.
   */
  private void requireSameSpace(SpaceDescriptor last, List<SpaceMember> members, String orderer) {
    List<String> before = last.members().stream().map(SpaceAuthority::fixed).toList();
    List<String> after = members.stream().map(SpaceAuthority::fixed).toList();
    if (!before.equals(after) || !last.orderer().equals(orderer)) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          "space "
              + space()
              + " was made with the members "
              + String.join(", ", last.memberNames())
              + " and the orderer "
              + last.orderer()
              + "; block 0 of its ledger fixes them and their certificate authorities. Pass the"
              + " join requests of exactly these, or create a new space in another --home.");
    }
  }

  private static String fixed(SpaceMember member) {
    return member.name() + " " + member.fingerprint();
  }
}
