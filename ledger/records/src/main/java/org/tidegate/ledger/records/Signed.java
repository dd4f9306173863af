package org.tidegate.ledger.records;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A record with its signature: {@code {"body":{...},"signature":"<hex DER>"}}, ECDSA P-256 over
 * SHA-256 of the body's canonical bytes. Who signed follows from the body (the participant it
 * names), so the same record cannot be claimed by another key.
 *
 * @param <T> the record's type
 * @param body the record
 * @param signature lower-case hex of the DER signature
 */
public record Signed<T extends CanonicalRecord>(T body, String signature)
    implements CanonicalRecord {
  /** Checks the signature's form; {@link #verify} checks the signature. */
  public Signed {
    Ids.hex("signature", signature, 8, 72);
  }

  /**
   * Signs {@code body}.
   *
   * @param key an ECDSA P-256 private key
   */
  public static <T extends CanonicalRecord> Signed<T> sign(T body, PrivateKey key) {
    return new Signed<>(body, Ids.hex(Signatures.sign(key, body.canonicalBytes())));
  }

  /**
   * Reads a signed record.
   *
   * @param parse the body's {@code fromJson}
   */
  public static <T extends CanonicalRecord> Signed<T> fromJson(
      JsonObject json, Function<JsonObject, T> parse) {
    json.allowOnly("body", "signature");
    T body = parse.apply(json.object("body"));
    if (!body.toJson().equals(json.object("body"))) {
      // What was signed must be what we read: a list in another order would verify differently.
      throw new RecordException("signed body is not in its normal form (lists sorted)");
    }
    return new Signed<>(body, json.string("signature"));
  }

  /** Reads a signed record from canonical bytes. */
  public static <T extends CanonicalRecord> Signed<T> decode(
      byte[] bytes, Function<JsonObject, T> parse) {
    return fromJson(CanonicalJson.decode(bytes), parse);
  }

  /** Whether the signature is by {@code key}. */
  public boolean verify(PublicKey key) {
    return Signatures.verify(key, body.canonicalBytes(), HexFormat.of().parseHex(signature));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("body", body).put("signature", signature).build();
  }
}
