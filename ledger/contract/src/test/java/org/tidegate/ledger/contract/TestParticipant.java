package org.tidegate.ledger.contract;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.Member;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;

/** An institution with its own authority and the node keys it issued. */
public final class TestParticipant {
  private final String name;
  private final KeyPair ca = TestCertificates.keys();
  private final X509Certificate caCertificate;
  private final KeyPair tls = TestCertificates.keys();
  private final X509Certificate tlsCertificate;
  private final KeyPair ledger = TestCertificates.keys();
  private final X509Certificate ledgerCertificate;
  private final KeyPair receipt = TestCertificates.keys();
  private final X509Certificate receiptCertificate;

  TestParticipant(String name) {
    this.name = name;
    caCertificate = TestCertificates.root("CN=" + name + " CA,O=" + name, ca);
    tlsCertificate = issue("node", tls);
    ledgerCertificate = issue("peer", ledger);
    receiptCertificate = issue("receipt", receipt);
  }

  /** A certificate of this participant's CA with the unit. */
  public X509Certificate issue(String unit, KeyPair keys) {
    return TestCertificates.issue(
        "CN=" + name + " " + unit + ",OU=" + unit + ",O=" + name, keys, caCertificate, ca);
  }

  public String name() {
    return name;
  }

  public X509Certificate caCertificate() {
    return caCertificate;
  }

  public PrivateKey caKey() {
    return ca.getPrivate();
  }

  public X509Certificate tlsCertificate() {
    return tlsCertificate;
  }

  public PrivateKey tlsKey() {
    return tls.getPrivate();
  }

  public X509Certificate ledgerCertificate() {
    return ledgerCertificate;
  }

  public PrivateKey ledgerKey() {
    return ledger.getPrivate();
  }

  public X509Certificate receiptCertificate() {
    return receiptCertificate;
  }

  public PrivateKey receiptKey() {
    return receipt.getPrivate();
  }

  public <T extends CanonicalRecord> Signed<T> sign(T record) {
    return Signed.sign(record, receipt.getPrivate());
  }

  public SignedGrant grant(Grant grant) {
    return SignedGrant.sign(grant, TestCertificates.pem(receiptCertificate), receipt.getPrivate());
  }

  public Member member() {
    return new Member(
        name,
        "127.0.0.1:7001",
        TestCertificates.pem(caCertificate),
        TestCertificates.pem(tlsCertificate),
        TestCertificates.pem(ledgerCertificate),
        TestCertificates.pem(receiptCertificate));
  }

  /** Its entry with a certificate of the same key that ends at {@code end}. */
  public Participant entryUntil(Instant end) {
    X509Certificate shorter =
        TestCertificates.issue(
            "CN=" + name + " receipt,OU=receipt,O=" + name, receipt, caCertificate, ca, end);
    return new Participant(
        name, TestCertificates.pem(shorter), Signatures.digest(ledgerCertificate));
  }

  public Participant entry() {
    return new Participant(
        name, TestCertificates.pem(receiptCertificate), Signatures.digest(ledgerCertificate));
  }
}
