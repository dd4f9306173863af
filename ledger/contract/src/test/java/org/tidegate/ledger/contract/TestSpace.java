package org.tidegate.ledger.contract;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Standing;

/** A space authority and its institutions: {@code bank}, {@code tax}, {@code trade}. */
public final class TestSpace {
  public static final String NAME = "harbour";

  private final KeyPair keys = TestCertificates.keys();
  private final X509Certificate root = TestCertificates.root("CN=harbour authority", keys);
  private final Map<String, TestParticipant> participants = new TreeMap<>();

  public TestSpace() {
    for (String name : List.of("bank", "tax", "trade")) {
      participants.put(name, new TestParticipant(name));
    }
  }

  public X509Certificate root() {
    return root;
  }

  public PrivateKey rootKey() {
    return keys.getPrivate();
  }

  public List<String> names() {
    return List.copyOf(participants.keySet());
  }

  public TestParticipant get(String name) {
    TestParticipant participant = participants.get(name);
    if (participant == null) {
      throw new IllegalArgumentException(name);
    }
    return participant;
  }

  /** The statement with block 0's hash; {@code bank} orders. */
  public SpaceStatement statement(Digest genesisHash) {
    return new SpaceStatement(
        NAME,
        1,
        TestCertificates.pem(root),
        "bank",
        participants.values().stream().map(TestParticipant::member).toList(),
        genesisHash);
  }

  public Signed<SpaceStatement> signedStatement(Digest genesisHash) {
    return Signed.sign(statement(genesisHash), keys.getPrivate());
  }

  /** The authority's word on a participant; the reason is {@code "a test"}. */
  public Signed<Standing> standing(String name, int number, boolean suspended, Instant at) {
    return Signed.sign(
        new Standing(NAME, name, number, suspended, TestJobs.digest("a test"), at),
        keys.getPrivate());
  }
}
