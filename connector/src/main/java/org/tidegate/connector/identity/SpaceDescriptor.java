package org.tidegate.connector.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Times;

/**
 * What the space authority hands to every participant ({@code space.json}): its signed statement of
 * who the members are and who orders, and block 0 of the ledger, whose hash the statement names.
 * Signed by the authority as a whole.
 *
 * <p>Immutable.
 */
public final class SpaceDescriptor implements CanonicalRecord {
  /** Name of the file in a home. */
  public static final String FILE_NAME = "space.json";

  static final String TYPE = "tidegate.space-descriptor/1";

  /** As many as a statement holds. */
  static final int MAX_MEMBERS = 200;

  private static final String REMEDY =
      "Ask the space authority for the space.json that 'tidegate space admit' wrote.";

  private final int version;
  private final Instant time;
  private final Signed<SpaceStatement> statement;
  private final byte[] genesis;
  private final X509Certificate authority;
  private final List<SpaceMember> members;

  SpaceDescriptor(
      int version, Instant time, Signed<SpaceStatement> statement, byte[] genesis, String where) {
    this.version = version;
    this.time = Times.millis(time);
    this.statement = statement;
    this.genesis = genesis.clone();
    this.authority =
        Pem.decodeCertificate(
            statement.body().authority(), "the space authority's root in " + where);
    this.members =
        statement.body().members().stream().map(member -> SpaceMember.of(member, where)).toList();
  }

  /**
   * Reads and verifies a descriptor: signed by the authority that stands in it, every member
   * consistent. Whether that authority is the right one shows in {@link #fingerprint}, which people
   * compare, or against the one joined before.
   *
   * @throws IdentityException if the file is missing, damaged or not signed as it should be
   */
  public static Signed<SpaceDescriptor> load(Path file) {
    return verify(PrivateFiles.read(file, CanonicalJson.MAX_BYTES, REMEDY), file.toString());
  }

  /**
   * As {@link #load}, from bytes.
   *
   * @param where how messages name the bytes
   */
  public static Signed<SpaceDescriptor> verify(byte[] bytes, String where) {
    Signed<SpaceDescriptor> signed;
    try {
      signed =
          Signed.fromJson(
              CanonicalJson.decode(bytes), json -> SpaceDescriptor.fromJson(json, where));
    } catch (RecordException e) {
      throw new IdentityException(
          IdentityException.Code.MALFORMED,
          where + " is not a space descriptor: " + e.getMessage() + ". " + REMEDY,
          e);
    }
    SpaceDescriptor descriptor = signed.body();
    X509Certificate authority = descriptor.authority;
    CertificateChecks.requireAuthority(
        authority,
        descriptor.space(),
        CertificateRole.AUTHORITY,
        "the space authority's root in " + where);
    if (!signed.verify(authority.getPublicKey())
        || !descriptor.statement.verify(authority.getPublicKey())) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          where
              + " is not signed by the space authority that stands in it: somebody changed it on"
              + " the way. "
              + REMEDY);
    }
    descriptor.members.forEach(member -> member.requireConsistent(where));
    descriptor.requireGenesis(where);
    return signed;
  }

  /** The block must be the one whose hash the authority states; a node starts its chain with it. */
  private void requireGenesis(String where) {
    boolean matches;
    try {
      Block block = Block.parseFrom(genesis);
      byte[] data = BlockHashes.dataHash(block.getData().getDataList());
      matches =
          block.getHeader().getNumber() == 0
              && Arrays.equals(data, block.getHeader().getDataHash().toByteArray())
              && genesisHash().equals(Digest.ofHash(BlockHashes.headerHash(block.getHeader())));
    } catch (InvalidProtocolBufferException e) {
      matches = false;
    }
    if (!matches) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          "block 0 in "
              + where
              + " is not the one whose hash the space authority states. "
              + REMEDY);
    }
  }

  /** 1 at first, one more each time the authority issues the descriptor anew. */
  public int version() {
    return version;
  }

  /** When it was issued. */
  public Instant time() {
    return time;
  }

  /** The space's name, which is the ledger channel's. */
  public String space() {
    return statement.body().space();
  }

  /** What the authority states on the ledger: the first transaction after block 0. */
  public Signed<SpaceStatement> statement() {
    return statement;
  }

  /** The space authority's self-signed root. */
  public X509Certificate authority() {
    return authority;
  }

  /** Fingerprint of the space authority's root, to be compared out of band. */
  public String fingerprint() {
    return Pem.fingerprint(authority);
  }

  /** The member whose node orders. */
  public String orderer() {
    return statement.body().orderer();
  }

  /** All members, sorted by name. */
  public List<SpaceMember> members() {
    return members;
  }

  /** The names of all members, sorted. */
  public List<String> memberNames() {
    return members.stream().map(SpaceMember::name).toList();
  }

  /** Block 0 of the ledger and the hash that the statement names. */
  public GenesisBlock genesis() {
    return new GenesisBlock(genesis.clone(), statement.body().genesisHash());
  }

  /** SHA-256 of block 0's header. */
  public Digest genesisHash() {
    return statement.body().genesisHash();
  }

  /** The member of this name. */
  public Optional<SpaceMember> member(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /**
   * The member of this name.
   *
   * @throws IdentityException if there is none, naming those there are
   */
  public SpaceMember requireMember(String name) {
    return member(name)
        .orElseThrow(() ->
            new IdentityException(
                IdentityException.Code.ARGUMENT,
                "'"
                    + name
                    + "' is not a member of space "
                    + space()
                    + "; members are "
                    + String.join(", ", memberNames())
                    + "."));
  }

  private static SpaceDescriptor fromJson(JsonObject json, String where) {
    json.expect(TYPE, "version", "time", "statement", "genesis");
    byte[] block;
    try {
      block = Base64.getDecoder().decode(json.string("genesis"));
    } catch (IllegalArgumentException e) {
      throw new RecordException("field 'genesis' is not Base64", e);
    }
    return new SpaceDescriptor(
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.time("time"),
        SpaceStatement.signedFromJson(json.object("statement")),
        block,
        where);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("version", version)
        .put("time", time)
        .put("statement", statement)
        .put("genesis", Base64.getEncoder().encodeToString(genesis))
        .build();
  }
}
