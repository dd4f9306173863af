package org.tidegate.ledger.records;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A participant's own entry: the certificate its proposals, acceptances and receipts verify
 * against. The participant writes it at first start and again when it renews the certificate.
 *
 * @param name the participant
 * @param receiptCertificate PEM, issued by the participant's CA, OU=receipt
 * @param ledgerCertificate digest of the node's ledger certificate (DER)
 */
public record Participant(String name, String receiptCertificate, Digest ledgerCertificate)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.participant/1";

  /** Checks the name and that the certificate parses. */
  public Participant {
    Ids.participant("participant", name);
    Signatures.certificate("receipt certificate of " + name, receiptCertificate);
  }

  /** Reads a participant. */
  public static Participant fromJson(JsonObject json) {
    json.expect(TYPE, "name", "receiptCertificate", "ledgerCertificate");
    return new Participant(
        json.string("name"), json.string("receiptCertificate"), json.digest("ledgerCertificate"));
  }

  /** The receipt certificate. */
  public X509Certificate certificate() {
    return Signatures.certificate("receipt certificate of " + name, receiptCertificate);
  }

  /** Whether the receipt certificate is valid at {@code time}: only then its key signs. */
  public boolean isCurrent(Instant time) {
    X509Certificate certificate = certificate();
    return !time.isBefore(certificate.getNotBefore().toInstant())
        && !time.isAfter(certificate.getNotAfter().toInstant());
  }

  /** The key that verifies what this participant signs. */
  public PublicKey receiptKey() {
    return certificate().getPublicKey();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("name", name)
        .put("receiptCertificate", receiptCertificate)
        .put("ledgerCertificate", ledgerCertificate)
        .build();
  }
}
