package org.tidegate.ledger.records;

import java.security.cert.X509Certificate;

/**
 * A signed head with the certificate of the key that signed: the participant's ledger certificate.
 *
 * @param head the signed head
 * @param certificate PEM
 */
public record SignedHead(Signed<Head> head, String certificate) implements CanonicalRecord {
  /** Checks that the certificate parses. */
  public SignedHead {
    Signatures.certificate("certificate of a head", certificate);
  }

  /** Reads a signed head. */
  public static SignedHead fromJson(JsonObject json) {
    json.allowOnly("head", "certificate");
    return new SignedHead(
        Signed.fromJson(json.object("head"), Head::fromJson), json.string("certificate"));
  }

  /**
   * The signer's certificate; whether the participant's CA issued it is for the reader to check.
   */
  public X509Certificate signer() {
    return Signatures.certificate("certificate of a head", certificate);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("head", head).put("certificate", certificate).build();
  }
}
