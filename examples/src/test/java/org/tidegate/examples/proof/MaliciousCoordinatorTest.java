package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.connector.app.NodeSpace;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.ProductRef;
import org.tidegate.connector.store.NodeDatabase;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Signed;
import org.tidegate.proto.job.v1.ProposeResponse;

/**
 * A coordinator that lies, with a member's real certificate and keys and a client written by hand:
 * it takes the proposal of a job that went well, alters one thing after the other, signs it anew,
 * and asks the other owner. Each of the two owners is asked in turn.
 */
@Timeout(120)
final class MaliciousCoordinatorTest {
  private static final String SQL =
      "SELECT COUNT(*) AS n, SUM(t.vat) AS vat FROM bank.loans l JOIN tax.filings t ON l.uscc ="
          + " t.uscc WHERE l.amount > 15";
  private static final String OTHER =
      "SELECT COUNT(*) AS n, SUM(t.vat) AS vat FROM bank.loans l JOIN tax.filings t ON l.uscc ="
          + " t.uscc WHERE l.amount > 25";

  @TempDir static Path directory;
  private static @Nullable NodeSpace running;

  @BeforeAll
  static void start() throws Exception {
    NodeSpace space = new NodeSpace(directory, "jobs:\n  peerTimeout: 4s\n", "bank", "tax");
    running = space;
    space.publish(
        "bank", "loans", "uscc,amount,secret", "A1,10,1", "A2,20,2", "A3,30,3", "A4,40,4");
    space.publish("tax", "filings", "uscc,vat,secret", "A1,100,1", "A2,200,2", "A3,300,3");
    space.grant("tax", "filings", "bank", 9, 2);
    space.grant("bank", "loans", "tax", 9, 2);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  private static NodeSpace space() {
    return Objects.requireNonNull(running);
  }

  private static Liar liar(String name) throws Exception {
    return Liar.of(space(), directory, name, SQL, "semi-honest");
  }

  private static int revealed(String name) throws SQLException {
    try (Connection store =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve(name).resolve(NodeDatabase.FILE));
        var query = store.createStatement()) {
      return query.executeQuery("SELECT COUNT(*) FROM reveal_journal").getInt(1);
    }
  }

  private static JsonObject weaker(JsonObject numbers) {
    String text = CanonicalJson.encodeText(numbers);
    String weak = text.replace("\"paillierBits\":3072", "\"paillierBits\":1024");
    assertThat(weak).isNotEqualTo(text);
    return CanonicalJson.decodeText(weak);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void whatIsAlteredAfterTheProposalIsRefusedByTheOtherOwner(String name) throws Exception {
    Liar liar = liar(name);
    JobContent content = liar.content();
    int before = revealed(liar.victim());

    JobContent otherSql = liar.content(OTHER, content.products(), content.numbers());
    // Another text than the one signed for.
    liar.refused("plan.mismatch", liar.with(content), otherSql);
    // Another text, signed for, under the harmless plan's digest.
    liar.refused("plan.mismatch", liar.with(otherSql), otherSql);
    // Another plan for the same text.
    Digest invented = Digest.of(new byte[] {1});
    liar.refused(
        "plan.mismatch", liar.with(invented, content.digest(), liar.honest().needs()), content);
    // A catalogue of its own making: an invented description, and a version that is not there.
    for (int i = 0; i < 2; i++) {
      List<ProductRef> products = new ArrayList<>();
      for (ProductRef product : content.products()) {
        products.add(
            new ProductRef(
                product.owner(),
                product.name(),
                product.version() + i,
                i == 0 ? invented : product.digest()));
      }
      JobContent otherCatalogue = liar.content(SQL, products, content.numbers());
      ProposeResponse response = liar.propose(liar.with(otherCatalogue), otherCatalogue);
      assertThat(response.getRefusal().getCode())
          .describedAs(response.getRefusal().getMessage())
          .isIn("plan.mismatch", "catalog.mismatch");
    }
    // Weaker parameters.
    JobContent weak = liar.content(SQL, content.products(), weaker(content.numbers()));
    liar.refused("plan.parameters", liar.with(weak), weak);

    assertThat(revealed(liar.victim())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void othersNamesAndKeysDoNotServe(String name) throws Exception {
    Liar liar = liar(name);
    Proposal fresh = liar.with(liar.content());
    // Signed with the ledger key instead of the receipt key.
    ProposeResponse wrongKey =
        liar.propose(fresh, liar.content(), space().home(name).ledger().privateKey());
    assertThat(wrongKey.getRefusal().getCode()).isEqualTo("proposal.signature");
    // In the victim's own name.
    Liar other = liar(liar.victim());
    Signed<Proposal> theirs =
        Signed.sign(other.with(other.content()), space().home(other.name()).receipt().privateKey());
    assertThat(liar.sendSigned(theirs, other.content()).getRefusal().getCode())
        .isEqualTo("proposal.proposer");
  }

  @Test
  void theHonestProposalIsAcceptedButNotStartedWithoutReservation() throws Exception {
    Liar liar = liar("bank");
    Signed<Proposal> signed =
        Signed.sign(liar.with(liar.content()), space().home("bank").receipt().privateKey());
    // So it is the alteration that was refused above, and nothing else.
    assertThat(liar.sendSigned(signed, liar.content()).hasAcceptance()).isTrue();
    assertThat(liar.sendSigned(signed, liar.content()).getRefusal().getCode())
        .isEqualTo("job.repeated");
    assertThat(liar.start(Proposal.jobId(signed))).isEqualTo("ledger.notFound");
  }
}
