package org.tidegate.connector.identity;

import java.nio.file.Path;
import java.time.Instant;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Member;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Times;

/**
 * What a participant hands to the space authority: who it is, where its node listens, and its
 * certificates. It is signed with the key of the participant's own authority; who passes it on can
 * change nothing. That it comes from the institution it names is for people to check, by comparing
 * {@link SpaceMember#fingerprint} over another channel.
 *
 * @param member the participant as it describes itself
 * @param time when the request was made
 */
public record JoinRequest(SpaceMember member, Instant time) implements CanonicalRecord {
  /** Name of the file in a home. */
  public static final String FILE_NAME = "join-request.json";

  static final String TYPE = "tidegate.join-request/1";
  private static final int MAX_BYTES = 128 * 1024;
  private static final String REMEDY =
      "Ask the participant for the join-request.json that 'tidegate init' wrote.";

  /** Cuts the time to milliseconds. */
  public JoinRequest {
    time = Times.millis(time);
  }

  /**
   * Reads and verifies a join request: its certificates chain to its authority, and its signature
   * is that authority's. Certificates that have expired are refused when it is admitted, not here.
   *
   * @throws IdentityException if the file is missing, damaged or not signed as it should be
   */
  public static Signed<JoinRequest> load(Path file) {
    return verify(PrivateFiles.read(file, MAX_BYTES, REMEDY), file.toString());
  }

  /**
   * As {@link #load}, from bytes.
   *
   * @param where how messages name the bytes
   */
  public static Signed<JoinRequest> verify(byte[] bytes, String where) {
    Signed<JoinRequest> signed;
    try {
      signed =
          Signed.fromJson(
              CanonicalJson.decode(bytes, MAX_BYTES), json -> JoinRequest.fromJson(json, where));
    } catch (RecordException e) {
      throw new IdentityException(
          IdentityException.Code.MALFORMED,
          where + " is not a join request: " + e.getMessage() + ". " + REMEDY,
          e);
    }
    SpaceMember member = signed.body().member();
    member.requireConsistent(where);
    if (!signed.verify(member.authority().getPublicKey())) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          where
              + " is not signed by the certificate authority of "
              + member.name()
              + " that stands in it: somebody changed it on the way. "
              + REMEDY);
    }
    return signed;
  }

  static JoinRequest fromJson(JsonObject json, String where) {
    json.expect(TYPE, "member", "time");
    return new JoinRequest(
        SpaceMember.of(Member.fromJson(json.object("member")), where), json.time("time"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("member", member.toRecord())
        .put("time", time)
        .build();
  }

  static void requireName(String what, String name) {
    try {
      Ids.participant(what, name);
    } catch (RecordException e) {
      throw new IdentityException(IdentityException.Code.ARGUMENT, e.getMessage() + ".", e);
    }
  }
}
