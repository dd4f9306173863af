package org.tidegate.ledger.records;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A grant signed by its owner, with the certificate of the key that signed: the owner's receipt
 * certificate of that time. So a grant stays its owner's word, provable to anybody that knows the
 * owner's authority, after the owner has renewed its keys, and whoever endorsed the transaction.
 *
 * @param grant the signed grant
 * @param certificate PEM
 */
public record SignedGrant(Signed<Grant> grant, String certificate) implements CanonicalRecord {
  /** Checks that the certificate parses. */
  public SignedGrant {
    Signatures.certificate("certificate of grant " + grant.body().id(), certificate);
  }

  /**
   * Signs a grant.
   *
   * @param certificate the owner's receipt certificate, PEM
   * @param key its private key
   */
  public static SignedGrant sign(Grant grant, String certificate, PrivateKey key) {
    return new SignedGrant(Signed.sign(grant, key), certificate);
  }

  /** Reads a signed grant. */
  public static SignedGrant fromJson(JsonObject json) {
    json.allowOnly("grant", "certificate");
    return new SignedGrant(
        Signed.fromJson(json.object("grant"), Grant::fromJson), json.string("certificate"));
  }

  /** The grant. */
  public Grant body() {
    return grant.body();
  }

  /**
   * Whether a receipt key of the owner signed it: one whose certificate the owner's authority
   * issued. Says nothing of time: a grant outlives the key that signed it.
   *
   * @param authority the owner's own authority
   */
  public boolean isBy(X509Certificate authority) {
    X509Certificate signer =
        Signatures.certificate("certificate of grant " + body().id(), certificate);
    return Signatures.isReceiptCertificate(signer, authority)
        && grant.verify(signer.getPublicKey());
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("grant", grant).put("certificate", certificate).build();
  }
}
