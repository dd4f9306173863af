package org.tidegate.ledger.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});
  private static final Method METHOD =
      new Method("sum", "semi-honest", JsonObject.builder().put("paillierBits", 3072).build());
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.000Z");

  private static Grant grant(int count, Instant from, Instant until) {
    return new Grant(
        "g-1",
        "tax",
        "income",
        DIGEST,
        ColumnUses.of(Map.of("amount", Set.of(Operation.SUM))),
        "risk",
        List.of("trade", "bank"),
        from,
        until,
        count,
        5);
  }

  @Test
  void aGrantReadsBackAndSortsItsRecipients() {
    Grant grant = grant(3, NOON, NOON.plusSeconds(1));
    assertThat(grant.recipients()).containsExactly("bank", "trade");
    assertThat(Grant.fromJson(grant.toJson())).isEqualTo(grant);
  }

  /** What was signed before a grant could say more must verify for ever. */
  @Test
  void aGrantWithoutFurtherTermsHasTheBytesOfBefore() {
    Grant grant = grant(3, NOON, NOON.plusSeconds(1));
    assertThat(grant.toJson().toString())
        .isEqualTo(
            "{\"columns\":{\"amount\":[\"sum\"]},\"count\":3,"
                + "\"from\":\"2026-11-23T12:00:00.000Z\",\"id\":\"g-1\",\"minimumGroup\":5,"
                + "\"owner\":\"tax\",\"product\":\"income\",\"productDigest\":\""
                + DIGEST
                + "\",\"purpose\":\"risk\",\"recipients\":[\"bank\",\"trade\"],"
                + "\"type\":\"tidegate.grant/1\",\"until\":\"2026-11-23T12:00:01.000Z\"}");
  }

  @Test
  void aPriceIsPartOfWhatIsSigned() {
    Grant plain = grant(3, NOON, NOON.plusSeconds(1));
    Grant priced = plain.with(GrantTerms.NONE.with(new Price("CNY", 2, 500, 1, 250)));
    assertThat(Grant.fromJson(priced.toJson())).isEqualTo(priced);
    assertThat(priced.digest()).isNotEqualTo(plain.digest());
    assertThat(priced.toJson().object("price").toString())
        .isEqualTo(
            "{\"currency\":\"CNY\",\"decimals\":2,\"perRow\":1,\"perUse\":500,"
                + "\"revenueBasisPoints\":250}");
    assertThatThrownBy(() -> new Price("yuan", 2, 1, 0, 0)).hasMessageContaining("'yuan'");
    assertThatThrownBy(() -> new Price("CNY", 2, 0, 0, 0)).hasMessageContaining("leave it out");
    assertThatThrownBy(() -> new Price("CNY", 2, 0, -1, 0)).hasMessageContaining("perRow -1");
    assertThatThrownBy(() -> new Price("CNY", 2, 0, 0, 10_001)).hasMessageContaining("10001");
  }

  @Test
  void aNoticeIsWithTheReasonThatWasSigned() throws Exception {
    SaltedText reason = SaltedText.of("keys stolen", new java.security.SecureRandom());
    SaltedText other = SaltedText.of("keys stolen", new java.security.SecureRandom());
    assertThat(other.digest()).isNotEqualTo(reason.digest());
    java.security.KeyPairGenerator keys = java.security.KeyPairGenerator.getInstance("EC");
    keys.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
    Signed<Standing> standing =
        Signed.sign(
            new Standing("harbour", "tax", 1, true, reason.digest(), NOON),
            keys.generateKeyPair().getPrivate());
    StandingNotice notice = new StandingNotice(standing, reason);
    assertThat(StandingNotice.fromJson(notice.toJson())).isEqualTo(notice);
    assertThatThrownBy(() -> new StandingNotice(standing, other))
        .hasMessageContaining("standing 1 of 'tax'");
    assertThatThrownBy(() -> new Standing("harbour", "tax", 2, true, DIGEST, NOON))
        .hasMessageContaining("even ones reinstate");
  }

  @Test
  void grantsOfTwoOwnersWithOneIdAreTwo() {
    Use ofTax = new Use("g-1", 1, "tax");
    Use ofTrade = new Use("g-1", 1, "trade");
    assertThat(ofTax.key()).isNotEqualTo(ofTrade.key());
    assertThat(
            new GrantNeed("g-1", "tax", ColumnUses.of(Map.of("amount", Set.of(Operation.SUM))))
                .key())
        .isEqualTo(ofTax.key());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> grant(0, NOON, NOON.plusSeconds(1))).hasMessageContaining("count 0");
    assertThatThrownBy(() -> grant(Grant.MAX_COUNT + 1, NOON, NOON.plusSeconds(1)))
        .hasMessageContaining("count");
    assertThatThrownBy(() -> grant(1, NOON, NOON)).hasMessageContaining("empty");
    assertThatThrownBy(() -> new Use("g-1", 0, "tax")).hasMessageContaining("ticket 0");
    assertThatThrownBy(() -> new Head("harbour", 0, DIGEST, "tax", NOON))
        .hasMessageContaining("height 0");
  }

  @Test
  void unknownAndMissingFieldsAreRefusedByName() {
    JsonObject json = grant(3, NOON, NOON.plusSeconds(1)).toJson();
    JsonObject.Builder more = JsonObject.builder();
    json.fields().forEach((key, value) -> more.put(key, value));
    JsonObject extra = more.put("discount", 1).build();
    assertThatThrownBy(() -> Grant.fromJson(extra)).hasMessageContaining("'discount'");
    JsonObject.Builder less = JsonObject.builder();
    json.fields()
        .forEach((key, value) -> {
          if (!key.equals("count")) {
            less.put(key, value);
          }
        });
    JsonObject without = less.build();
    assertThatThrownBy(() -> Grant.fromJson(without)).hasMessageContaining("'count' is missing");
  }

  @Test
  void whatAGrantLacksIsNamed() {
    ColumnUses granted =
        ColumnUses.of(
            Map.of("amount", EnumSet.of(Operation.SUM), "uscc", EnumSet.of(Operation.JOIN)));
    assertThat(granted.missing(ColumnUses.of(Map.of("amount", EnumSet.of(Operation.SUM)))))
        .isEmpty();
    assertThat(
            granted.missing(
                ColumnUses.of(Map.of("amount", EnumSet.of(Operation.SUM, Operation.AVG)))))
        .contains("amount: avg");
    assertThat(granted.missing(ColumnUses.of(Map.of("name", EnumSet.of(Operation.COUNT)))))
        .contains("name: count");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bank", "9bank", "bank-1", "a.b", "bänk", "b~", "b\n"})
  void participantsHaveOneForm(String name) {
    assertThatThrownBy(() -> Ids.participant("owner", name))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("owner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "A", "a~b", "a b", "a/b"})
  void idsHaveOneForm(String id) {
    assertThatThrownBy(() -> Ids.id("grant", id)).isInstanceOf(RecordException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.000+00:00",
        "2026-13-23T12:00:00.000Z",
        "2026-11-23 12:00:00.000Z",
        "2026-11-23T12:00:00.000000Z"
      })
  void timesHaveOneForm(String time) {
    assertThatThrownBy(() -> Times.parse(time)).isInstanceOf(RecordException.class);
    assertThat(Times.format(Times.parse("2026-11-23T12:00:00.007Z")))
        .isEqualTo("2026-11-23T12:00:00.007Z");
  }

  @Test
  void proposersAndOwnersMustTakePart() {
    GrantNeed need = new GrantNeed("g-1", "tax", ColumnUses.of(Map.of()));
    assertThatThrownBy(() ->
            new Proposal(
                "harbour",
                "bank",
                "bank",
                "risk",
                List.of("bank", "trade"),
                List.of(need),
                DIGEST,
                DIGEST,
                NOON,
                NOON.plusSeconds(1)))
        .hasMessageContaining("owner of grant g-1 'tax'");
  }

  @Test
  void receiptsThatSawALaneDifferentlyDisagree() {
    Digest other = Digest.of(new byte[] {2});
    Receipt bank = receipt("bank", new Transcript("tax", "main", DIGEST, other, 1, 2));
    Receipt tax = receipt("tax", new Transcript("bank", "main", other, DIGEST, 2, 1));
    assertThat(ReceiptAgreement.disagreement(List.of(bank, tax))).isEmpty();
    Receipt lying = receipt("tax", new Transcript("bank", "main", other, other, 2, 1));
    assertThat(ReceiptAgreement.disagreement(List.of(bank, lying)).orElseThrow())
        .contains("'bank' and 'tax'")
        .contains("'main'");
    Receipt silent = receipt("tax");
    assertThat(ReceiptAgreement.disagreement(List.of(bank, silent))).isPresent();
    Method weaker =
        new Method("sum", "semi-honest", JsonObject.builder().put("paillierBits", 1024).build());
    Receipt elsewhere = receipt("tax", weaker, new Transcript("bank", "main", other, DIGEST, 2, 1));
    assertThat(ReceiptAgreement.disagreement(List.of(bank, elsewhere)).orElseThrow())
        .contains("parameters");
    assertThat(ReceiptAgreement.contradiction(List.of(bank, tax))).isEmpty();
    for (Receipt liar : List.of(lying, silent, elsewhere)) {
      assertThat(ReceiptAgreement.contradiction(List.of(bank, liar))).isPresent();
    }
  }

  @Test
  void whoWasCutOffDisagreesButContradictsOnlyAResult() {
    Receipt owner = ended("tax", Outcome.COMPLETED, false, true);
    Receipt cutOff = ended("bank", Outcome.ABORTED, false, false);
    assertThat(ReceiptAgreement.disagreement(List.of(cutOff, owner))).isPresent();
    assertThat(ReceiptAgreement.contradiction(List.of(cutOff, owner))).isEmpty();
    Receipt recipient = ended("bank", Outcome.COMPLETED, true, true);
    // It died right after its revealing frame.
    assertThat(
            ReceiptAgreement.contradiction(
                List.of(recipient, ended("tax", Outcome.ABORTED, false, true))))
        .isEmpty();
    assertThat(
            ReceiptAgreement.contradiction(
                    List.of(ended("tax", Outcome.ABORTED, false, false), recipient))
                .orElseThrow())
        .contains("'bank' says completed, 'tax' says aborted")
        .contains("revealed nothing");
  }

  private static Receipt ended(
      String participant, Outcome outcome, boolean output, boolean revealed) {
    return new Receipt(
        DIGEST,
        participant,
        "matcher",
        outcome,
        DIGEST,
        Optional.of(METHOD),
        List.of(),
        List.of(),
        output ? Optional.of(DIGEST) : Optional.empty(),
        revealed,
        NOON);
  }

  private static Receipt receipt(String participant, Transcript... lanes) {
    return receipt(participant, METHOD, lanes);
  }

  private static Receipt receipt(String participant, Method method, Transcript... lanes) {
    return new Receipt(
        DIGEST,
        participant,
        "matcher",
        Outcome.COMPLETED,
        DIGEST,
        Optional.of(method),
        List.of(),
        List.of(lanes),
        Optional.empty(),
        false,
        NOON);
  }
}
