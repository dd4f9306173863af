package org.tidegate.ledger.embedded;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;

/** Lies about where the chain ends. */
final class HeadLies {
  private HeadLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put("a head with another's signature", HeadLies::foreignSignature);
    kinds.put("a head altered after it was signed", HeadLies::altered);
    kinds.put("a head of a stranger", HeadLies::stranger);
    kinds.put("a head under a certificate for other things", HeadLies::otherUnit);
    kinds.put("a head of another space", HeadLies::otherSpace);
    kinds.put("a head in the name of one with the key of another", HeadLies::anothersKey);
    kinds.put("a head of a longer chain", HeadLies::longer);
    kinds.put("a head of another chain", HeadLies::otherChain);
    kinds.put("one head twice", HeadLies::twice);
    kinds.put("one head only", HeadLies::one);
    kinds.put("heads of long ago", HeadLies::old);
    kinds.put("a head dated before its certificate", HeadLies::expired);
    return kinds;
  }

  private static Head head(Plot plot, String space, long height, Digest hash, String name) {
    return new Head(space, height, hash, name, plot.life.now());
  }

  private static Head honest(Plot plot, String name) {
    return head(
        plot,
        TestSpace.NAME,
        plot.blocks.size(),
        plot.life.heads.getFirst().head().body().hash(),
        name);
  }

  private static Told with(Plot plot, SignedHead planted, String code) {
    plot.heads = List.of(plot.life.heads.getFirst(), plot.life.heads.getLast(), planted);
    return Plot.block(plot.blocks.size() - 1, code);
  }

  private static SignedHead signed(Head head, TestParticipant signer) {
    return new SignedHead(
        Signed.sign(head, signer.ledgerKey()), Genesis.pem(signer.ledgerCertificate()));
  }

  private static Told foreignSignature(Plot plot) {
    SignedHead tax = plot.life.heads.getLast();
    return with(
        plot,
        new SignedHead(
            new Signed<>(honest(plot, "trade"), tax.head().signature()),
            Genesis.pem(plot.life.space.get("trade").ledgerCertificate())),
        "head.signature");
  }

  private static Told altered(Plot plot) {
    SignedHead bank = plot.life.heads.getFirst();
    Head said = bank.head().body();
    Head other =
        new Head(
            said.space(),
            said.height() - plot.between(0, 1),
            said.hash(),
            said.participant(),
            said.at().plusMillis(plot.between(1, 9)));
    return with(
        plot,
        new SignedHead(new Signed<>(other, bank.head().signature()), bank.certificate()),
        "head.signature");
  }

  private static Told stranger(Plot plot) {
    TestParticipant stranger = new TestSpace().get("trade");
    return with(
        plot,
        signed(honest(plot, plot.any(List.of("trade", "pilot"))), stranger),
        "head.signature");
  }

  private static Told otherUnit(Plot plot) {
    TestParticipant trade = plot.life.space.get("trade");
    return with(
        plot,
        new SignedHead(
            Signed.sign(honest(plot, "trade"), trade.receiptKey()),
            Genesis.pem(trade.receiptCertificate())),
        "head.signature");
  }

  private static Told otherSpace(Plot plot) {
    Head honest = honest(plot, "trade");
    return with(
        plot,
        signed(
            head(plot, "estuary", honest.height(), honest.hash(), "trade"),
            plot.life.space.get("trade")),
        "head.signature");
  }

  private static Told anothersKey(Plot plot) {
    return with(plot, signed(honest(plot, "trade"), plot.life.space.get("tax")), "head.signature");
  }

  private static Told longer(Plot plot) {
    int more = plot.between(1, 5);
    with(
        plot,
        signed(
            head(
                plot,
                TestSpace.NAME,
                plot.blocks.size() + more,
                Digest.of(new byte[] {(byte) more}),
                "trade"),
            plot.life.space.get("trade")),
        "head.droppedTail");
    return Plot.block(plot.blocks.size(), "head.droppedTail");
  }

  private static Told otherChain(Plot plot) {
    int height = plot.between(1, plot.blocks.size());
    with(
        plot,
        signed(
            head(plot, TestSpace.NAME, height, Digest.of(new byte[] {1}), "trade"),
            plot.life.space.get("trade")),
        "head.fork");
    return Plot.block(height - 1, "head.fork");
  }

  private static Told twice(Plot plot) {
    SignedHead one = plot.any(plot.life.heads);
    plot.heads = List.of(one, one);
    return Plot.block(plot.blocks.size() - 1, "head.unsigned");
  }

  private static Told one(Plot plot) {
    plot.heads = List.of(plot.any(plot.life.heads));
    return Plot.block(plot.blocks.size() - 1, "head.unsigned");
  }

  private static Told old(Plot plot) {
    int height = plot.between(1, plot.blocks.size() - 1);
    plot.heads =
        plot.life.chain.heads(plot.life.blocks().subList(0, height), List.of("bank", "tax"));
    return Plot.block(plot.blocks.size() - 1, "head.unsigned");
  }

  private static Told expired(Plot plot) {
    TestParticipant trade = plot.life.space.get("trade");
    Head now = honest(plot, "trade");
    Head then =
        new Head(
            now.space(),
            now.height(),
            now.hash(),
            "trade",
            trade
                .ledgerCertificate()
                .getNotBefore()
                .toInstant()
                .minusSeconds(plot.between(60, 600)));
    return with(plot, signed(then, trade), "head.signature");
  }
}
