package org.tidegate.ledger.records;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the space authority signs: who the members are, who orders, and which block 0 the chain
 * starts from. It is the ledger's first transaction ({@code putSpace}), so an export proves itself
 * to anybody who holds the authority's certificate.
 *
 * @param space the space's name, which is the channel's name
 * @param version 1, 2, …: a later one renews certificates and endpoints, never members
 * @param authority the authority's self-signed certificate, PEM
 * @param orderer the member whose node orders
 * @param members the members, sorted by name, 1 to 200
 * @param genesisHash SHA-256 of block 0's header as Fabric computes it
 */
public record SpaceStatement(
    String space,
    int version,
    String authority,
    String orderer,
    List<Member> members,
    Digest genesisHash)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.space/1";

  /** Checks names and that the orderer is a member; sorts the members. */
  public SpaceStatement {
    spaceName(space);
    if (version < 1) {
      throw new RecordException("space " + space + ": version " + version + "; expected 1 or more");
    }
    Signatures.certificate("authority of space " + space, authority);
    members =
        Ids.size("members", members, 1, 200).stream()
            .sorted(Comparator.comparing(Member::name))
            .toList();
    Ids.participants("members", members.stream().map(Member::name).toList());
    String ordering = orderer;
    if (members.stream().noneMatch(member -> member.name().equals(ordering))) {
      throw new RecordException("orderer '" + ordering + "' is not among the members");
    }
    if (members.stream().map(member -> Signatures.digest(member.ca())).distinct().count()
        != members.size()) {
      throw new RecordException(
          "two members have the same CA certificate; each participant needs an authority of its"
              + " own");
    }
  }

  /** Reads a statement. */
  public static SpaceStatement fromJson(JsonObject json) {
    json.expect(TYPE, "space", "version", "authority", "orderer", "members", "genesisHash");
    return new SpaceStatement(
        json.string("space"),
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.string("authority"),
        json.string("orderer"),
        json.objects("members", Member::fromJson),
        json.digest("genesisHash"));
  }

  /** Reads a signed statement. */
  public static Signed<SpaceStatement> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, SpaceStatement::fromJson);
  }

  /** A space's name, which Fabric must accept as a channel name. */
  public static String spaceName(String name) {
    if (!name.matches("[a-z][a-z0-9.-]{0,63}")) {
      throw new RecordException(
          "space name '"
              + RecordException.excerpt(name)
              + "' is not valid; expected 1 to 64 of a-z 0-9 . -, beginning with a letter");
    }
    return name;
  }

  /** The member of that name, or empty. */
  public Optional<Member> member(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /**
   * Whether this may take the place of {@code earlier}: a higher version by the same authority, of
   * the same space and chain, with the same members and their own authorities. What may change is
   * what a renewal changes: node certificates and endpoints.
   */
  public boolean renews(SpaceStatement earlier) {
    return version > earlier.version
        && space.equals(earlier.space)
        && authority.equals(earlier.authority)
        && orderer.equals(earlier.orderer)
        && genesisHash.equals(earlier.genesisHash)
        && authorities().equals(earlier.authorities());
  }

  private Map<String, String> authorities() {
    return members.stream().collect(Collectors.toMap(Member::name, Member::caCertificate));
  }

  /** The authority's certificate. */
  public X509Certificate authorityCertificate() {
    return Signatures.certificate("authority of space " + space, authority);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("space", space)
        .put("version", version)
        .put("authority", authority)
        .put("orderer", orderer)
        .put("members", members)
        .put("genesisHash", genesisHash)
        .build();
  }
}
