package org.tidegate.ledger.records;

import java.security.cert.X509Certificate;

/**
 * A participant as the space authority admits it. Certificates are PEM, one each; the node's three
 * certificates are issued by {@code caCertificate}.
 *
 * @param name the participant, also its MSP id
 * @param endpoint {@code host:port} of its node
 * @param caCertificate root of the participant's own authority
 * @param tlsCertificate the node's TLS certificate
 * @param ledgerCertificate the node's ledger certificate (OU=peer)
 * @param receiptCertificate the certificate whose key signs proposals, acceptances and receipts
 */
public record Member(
    String name,
    String endpoint,
    String caCertificate,
    String tlsCertificate,
    String ledgerCertificate,
    String receiptCertificate)
    implements CanonicalRecord {
  /** Checks names and that every certificate parses. */
  public Member {
    Ids.participant("member", name);
    Ids.text("endpoint of " + name, endpoint, 255);
    if (!endpoint.matches("[^\\s:]+(:[^\\s:]+)*:\\d{1,5}|\\[[^\\s\\]]+\\]:\\d{1,5}")) {
      throw new RecordException(
          "endpoint of " + name + " is '" + endpoint + "'; expected host:port");
    }
    Signatures.certificate("CA certificate of " + name, caCertificate);
    Signatures.certificate("TLS certificate of " + name, tlsCertificate);
    Signatures.certificate("ledger certificate of " + name, ledgerCertificate);
    Signatures.certificate("receipt certificate of " + name, receiptCertificate);
  }

  /** Reads a member. */
  public static Member fromJson(JsonObject json) {
    json.allowOnly(
        "name",
        "endpoint",
        "caCertificate",
        "tlsCertificate",
        "ledgerCertificate",
        "receiptCertificate");
    return new Member(
        json.string("name"),
        json.string("endpoint"),
        json.string("caCertificate"),
        json.string("tlsCertificate"),
        json.string("ledgerCertificate"),
        json.string("receiptCertificate"));
  }

  /** The root of this participant's own authority. */
  public X509Certificate ca() {
    return Signatures.certificate("CA certificate of " + name, caCertificate);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("name", name)
        .put("endpoint", endpoint)
        .put("caCertificate", caCertificate)
        .put("tlsCertificate", tlsCertificate)
        .put("ledgerCertificate", ledgerCertificate)
        .put("receiptCertificate", receiptCertificate)
        .build();
  }
}
