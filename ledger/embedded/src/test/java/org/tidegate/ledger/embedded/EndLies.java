package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Transcript;

/** Lies about what became of a job: receipts, settlements and releases. */
final class EndLies {
  private EndLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put(
        "a receipt that its party did not sign",
        plot -> receipt(plot, "tax", plot.life.space.get("bank").sign(honest(plot, "tax"))));
    kinds.put(
        "a receipt that another hands in",
        plot -> receipt(plot, "bank", plot.life.space.get("tax").sign(honest(plot, "tax"))));
    kinds.put(
        "a receipt of one who is no party",
        plot -> {
          Receipt pattern = honest(plot, "tax");
          return receipt(
              plot,
              "trade",
              plot.life
                  .space
                  .get("trade")
                  .sign(with(pattern, "trade", pattern.planDigest(), pattern.inputCommitments())));
        });
    kinds.put(
        "a receipt of another plan",
        plot -> {
          Receipt pattern = honest(plot, "tax");
          return own(plot, with(pattern, "tax", digest(plot), pattern.inputCommitments()));
        });
    kinds.put(
        "a receipt of other inputs",
        plot -> {
          Receipt pattern = honest(plot, "tax");
          return own(plot, with(pattern, "tax", pattern.planDigest(), List.of(digest(plot))));
        });
    kinds.put("a receipt of a job that nobody reserved", EndLies::unknownJob);
    kinds.put("a receipt with frames of one who is no party", EndLies::foreignTranscript);
    kinds.put("a result in the receipt of one who gets none", EndLies::foreignOutput);
    kinds.put("a second, other receipt", EndLies::secondReceipt);
    kinds.put("a job settled without receipts", plot -> settle(plot, "bank", plot.life.openJob));
    kinds.put(
        "a job settled by one who is no party", plot -> settle(plot, "trade", plot.life.openJob));
    kinds.put("a released job settled", plot -> settle(plot, "bank", plot.life.releasedJob));
    kinds.put("a settlement without reservation", EndLies::noReservation);
    kinds.put(
        "a release without everybody's word",
        plot ->
            release(plot, plot.life.openJob, statements(plot, plot.life.openJob).subList(0, 1)));
    kinds.put("a release on a word that its party did not give", EndLies::forgedWord);
    kinds.put(
        "a release on words about another job",
        plot -> release(plot, plot.life.openJob, statements(plot, plot.life.releasedJob)));
    kinds.put(
        "a settled job released",
        plot -> release(plot, plot.life.settledJob, statements(plot, plot.life.settledJob)));
    kinds.put("a party that never writes its receipt", plot -> lopsided(plot, false));
    kinds.put("a party that saw other frames", plot -> lopsided(plot, true));
    return kinds;
  }

  private static Digest digest(Plot plot) {
    return TestJobs.digest("lie " + plot.random.nextInt());
  }

  private static Receipt honest(Plot plot, String name) {
    return plot.life.jobs.receipt(plot.life.openJob, name);
  }

  private static Receipt with(Receipt of, String name, Digest plan, List<Digest> inputs) {
    return new Receipt(
        of.jobId(),
        name,
        of.role(),
        of.outcome(),
        plan,
        of.method(),
        inputs,
        of.transcripts(),
        of.outputDigest(),
        of.revealSent(),
        of.at());
  }

  private static Told own(Plot plot, Receipt receipt) {
    return receipt(
        plot, receipt.participant(), plot.life.space.get(receipt.participant()).sign(receipt));
  }

  private static Told receipt(Plot plot, String caller, Signed<Receipt> receipt) {
    return forged(
        plot,
        caller,
        "receipt",
        receipt.toJson(),
        Keys.receipt(receipt.body().jobId(), receipt.body().participant()),
        receipt,
        JsonObject.empty());
  }

  private static Told forged(
      Plot plot,
      String caller,
      String function,
      JsonObject request,
      String key,
      CanonicalRecord value,
      JsonObject answer) {
    TxDraft draft = plot.life.chain.refused(caller, function, request, plot.life.now());
    draft.set =
        draft.set.toBuilder()
            .addWrites(ReservationLies.write(key, ByteString.copyFrom(value.canonicalBytes())))
            .build();
    draft.answer = ByteString.copyFrom(CanonicalJson.encode(answer));
    return plot.append(draft, "contract.refused");
  }

  private static Told unknownJob(Plot plot) {
    Receipt of = honest(plot, "tax");
    return own(
        plot,
        new Receipt(
            digest(plot),
            "tax",
            of.role(),
            of.outcome(),
            of.planDigest(),
            of.method(),
            of.inputCommitments(),
            of.transcripts(),
            of.outputDigest(),
            of.revealSent(),
            of.at()));
  }

  private static Receipt seeing(Receipt of, List<Transcript> transcripts, Optional<Digest> output) {
    return new Receipt(
        of.jobId(),
        of.participant(),
        of.role(),
        of.outcome(),
        of.planDigest(),
        of.method(),
        of.inputCommitments(),
        transcripts,
        output,
        of.revealSent(),
        of.at());
  }

  private static Told foreignTranscript(Plot plot) {
    Receipt of = honest(plot, "tax");
    Transcript lane = of.transcripts().getFirst();
    return own(
        plot,
        seeing(
            of,
            List.of(
                new Transcript(
                    "trade",
                    lane.lane(),
                    lane.sentDigest(),
                    lane.receivedDigest(),
                    lane.sentBytes(),
                    lane.receivedBytes())),
            of.outputDigest()));
  }

  private static Told foreignOutput(Plot plot) {
    Receipt of = honest(plot, "tax");
    return own(plot, seeing(of, of.transcripts(), Optional.of(digest(plot))));
  }

  private static Told secondReceipt(Plot plot) {
    Receipt of = plot.life.jobs.receipt(plot.life.settledJob, "tax");
    return own(plot, seeing(of, other(plot, of), of.outputDigest()));
  }

  private static List<Transcript> other(Plot plot, Receipt of) {
    Transcript lane = of.transcripts().getFirst();
    return List.of(
        new Transcript(
            lane.peer(),
            lane.lane(),
            digest(plot),
            lane.receivedDigest(),
            lane.sentBytes(),
            lane.receivedBytes()));
  }

  private static Told settle(Plot plot, String by, Reservation job) {
    return settle(plot, by, job.jobId(), job);
  }

  private static Told settle(Plot plot, String by, Digest jobId, Reservation uses) {
    Settlement settlement =
        new Settlement(
            jobId,
            Settlement.Basis.AGREED,
            by,
            List.of("bank", "tax"),
            uses.uses(),
            plot.life.now());
    return forged(
        plot,
        by,
        "settle",
        JsonObject.builder().put("jobId", jobId).build(),
        Keys.end(jobId),
        settlement,
        settlement.toJson());
  }

  private static Told noReservation(Plot plot) {
    return settle(plot, "bank", digest(plot), plot.life.openJob);
  }

  private static List<Signed<ReleaseStatement>> statements(Plot plot, Reservation job) {
    return plot.life.jobs.statements(job);
  }

  private static Told forgedWord(Plot plot) {
    Signed<ReleaseStatement> own = statements(plot, plot.life.openJob).getFirst();
    return release(
        plot,
        plot.life.openJob,
        List.of(
            own,
            plot.life.space.get("bank").sign(plot.life.jobs.statement(plot.life.openJob, "tax"))));
  }

  private static Told release(
      Plot plot, Reservation job, List<Signed<ReleaseStatement>> statements) {
    JsonObject request =
        JsonObject.builder().put("jobId", job.jobId()).put("statements", statements).build();
    Release release = new Release(job.jobId(), "bank", statements, plot.life.now());
    return forged(
        plot, "bank", "release", request, Keys.end(job.jobId()), release, release.toJson());
  }

  /** An honest ledger, on which one party's evidence is missing, or contradicts the other's. */
  private static Told lopsided(Plot plot, boolean contradicting) {
    DraftChain more = plot.life.chain.fork();
    TestJobs jobs = new TestJobs(plot.life.space, more);
    Proposal proposal = jobs.proposal(Duration.ofMinutes(2), plot.life.wide);
    Reservation job = jobs.reservation(jobs.sign(proposal), plot.life.freeTicket());
    more.submit("bank", "reserve", job.toJson());
    int reserved = more.blocks().size() - 1;
    String silent = plot.any(List.of("bank", "tax"));
    Receipt lie = jobs.receipt(job, silent);
    if (contradicting) {
      jobs.write(seeing(lie, other(plot, lie), lie.outputDigest()));
    }
    jobs.write(jobs.receipt(job, silent.equals("bank") ? "tax" : "bank"));
    more.pass(Duration.ofMinutes(3));
    more.client(plot.any(List.of("bank", "tax"))).settle(job.jobId());
    plot.blocks.clear();
    plot.blocks.addAll(more.blocks());
    plot.heads = more.heads(more.blocks(), List.of("bank", "tax"));
    return new Told(
        Set.of(contradicting ? "receipt.disagree" : "receipt.missing"),
        reserved,
        0,
        Optional.of(job.jobId()));
  }
}
