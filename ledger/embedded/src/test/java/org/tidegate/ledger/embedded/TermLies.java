package org.tidegate.ledger.embedded;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.DisputeStep.Action;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.GradeRule;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Standing;
import org.tidegate.ledger.records.Use;

/** Lies about standings, policies, frequencies, budgets, requests, ratings and disputes. */
final class TermLies {
  private TermLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put(
        "a suspension that a member signed",
        plot -> standing(plot, plot.life.space.get("bank").sign(first(plot, "tax").body())));
    kinds.put(
        "a standing that follows none",
        plot -> standing(plot, word(plot, "tax", 2 * plot.between(1, 9) + 1, true)));
    kinds.put(
        "a reinstatement of one who was never suspended",
        plot -> standing(plot, word(plot, "trade", 2, false)));
    kinds.put("a suspension in another space", TermLies::elsewhere);
    kinds.put(
        "a policy for grades that a member signed",
        plot -> policy(plot, plot.life.space.get("trade").sign(rules(plot, 1))));
    kinds.put(
        "a policy for grades left out",
        plot ->
            policy(plot, Signed.sign(rules(plot, plot.between(2, 9)), plot.life.space.rootKey())));
    kinds.put(
        "a slot of a grant without frequency",
        plot -> use(plot, Optional.of(plot.between(1, 9)), List.of()));
    kinds.put(
        "a slice of a grant without budget",
        plot -> use(plot, Optional.empty(), List.of(plot.between(1, 9))));
    kinds.put("a request of another", plot -> request(plot, "bank", "tax", "tax"));
    kinds.put("a request that its owner did not sign", plot -> request(plot, "tax", "tax", "bank"));
    kinds.put(
        "a rating of a job that is not settled",
        plot -> rating(plot, plot.life.openJob, "bank", "bank"));
    kinds.put(
        "a rating of a job that was released",
        plot -> rating(plot, plot.life.releasedJob, "bank", "bank"));
    kinds.put(
        "a rating by one who received nothing",
        plot -> rating(plot, plot.life.settledJob, "trade", "trade"));
    kinds.put(
        "a rating that its rater did not sign",
        plot -> rating(plot, plot.life.settledJob, "bank", "tax"));
    kinds.put(
        "a dispute opened by one who is no party",
        plot -> dispute(plot, "trade", "trade", step(plot, 1, Action.OPEN, "trade", "tax")));
    kinds.put(
        "a dispute with one who is no party",
        plot -> dispute(plot, "bank", "bank", step(plot, 1, Action.OPEN, "bank", "trade")));
    kinds.put(
        "a dispute that another opened in a party's name",
        plot -> dispute(plot, "tax", "tax", step(plot, 1, Action.OPEN, "bank", "tax")));
    kinds.put(
        "an answer to a dispute that nobody opened",
        plot -> dispute(plot, "tax", "tax", step(plot, 2, Action.ANSWER, "tax", "")));
    return kinds;
  }

  private static Signed<Standing> first(Plot plot, String name) {
    return word(plot, name, 1, true);
  }

  private static Signed<Standing> word(Plot plot, String name, int number, boolean suspended) {
    return plot.life.space.standing(name, number, suspended, plot.life.now());
  }

  private static Told standing(Plot plot, Signed<Standing> standing) {
    String name = standing.body().participant();
    return EntryLies.forged(
        plot,
        "trade",
        "putStanding",
        standing.toJson(),
        "participant~" + name,
        new ParticipantState(plot.life.space.get(name).entry(), Optional.of(standing)).toJson());
  }

  private static Told elsewhere(Plot plot) {
    Standing here = first(plot, "tax").body();
    Standing there = new Standing("elsewhere", "tax", 1, true, here.reason(), here.at());
    return standing(plot, Signed.sign(there, plot.life.space.rootKey()));
  }

  private static GradePolicy rules(Plot plot, int version) {
    return new GradePolicy(
        TestSpace.NAME,
        version,
        List.of(
            new GradeRule(
                Grade.CORE, EnumSet.of(Operation.COUNT), List.of(), plot.between(1, 99), false)),
        plot.life.now());
  }

  private static Told policy(Plot plot, Signed<GradePolicy> policy) {
    return EntryLies.forged(
        plot, "trade", "putGradePolicy", policy.toJson(), Keys.GRADE_POLICY, policy.toJson());
  }

  private static Told use(Plot plot, Optional<Integer> slot, List<Integer> slices) {
    Reservation honest =
        plot.life.reservation(
            plot.life.jobs.proposal(Duration.ofDays(1), plot.life.wide), plot.life.freeTicket());
    Reservation more =
        new Reservation(
            honest.proposal(),
            List.of(new Use("wide", plot.life.freeTicket(), "tax", slot, slices)),
            honest.acceptances());
    return EntryLies.forged(
        plot, "bank", "reserve", more.toJson(), Keys.job(more.jobId()), more.toJson());
  }

  private static Told request(Plot plot, String caller, String owner, String signer) {
    DataRequest request =
        new DataRequest(
            owner,
            "wanted-" + plot.between(1, 99),
            TestJobs.PURPOSE,
            TestJobs.digest("what is looked for"),
            plot.life.now().plus(Duration.ofDays(9)),
            false,
            plot.life.now());
    Signed<DataRequest> signed = plot.life.space.get(signer).sign(request);
    return EntryLies.forged(
        plot,
        caller,
        "putRequest",
        signed.toJson(),
        "request~" + owner + "~" + request.id(),
        signed.toJson());
  }

  private static Told rating(Plot plot, Reservation job, String by, String signer) {
    Rating rating =
        new Rating(
            job.jobId(),
            by,
            "tax",
            "income",
            plot.life.wide.productDigest(),
            new TreeMap<>(Map.of("accuracy", plot.between(1, 5))),
            Optional.empty(),
            plot.life.now());
    Signed<Rating> signed = plot.life.space.get(signer).sign(rating);
    return EntryLies.forged(
        plot,
        by,
        "rateProduct",
        signed.toJson(),
        "rating~tax~income~" + job.jobId().hex() + "~" + by,
        signed.toJson());
  }

  private static DisputeStep step(Plot plot, int number, Action action, String by, String against) {
    boolean opens = action == Action.OPEN;
    Digest jobId = plot.life.settledJob.jobId();
    return new DisputeStep(
        jobId,
        "d-" + plot.between(1, 99),
        number,
        action,
        Optional.of(by),
        opens ? Optional.of(against) : Optional.empty(),
        opens ? Optional.of("result") : Optional.empty(),
        TestJobs.digest("what is said"),
        plot.life.now());
  }

  private static Told dispute(Plot plot, String caller, String signer, DisputeStep step) {
    Signed<DisputeStep> signed = plot.life.space.get(signer).sign(step);
    return EntryLies.forged(
        plot,
        caller,
        "dispute",
        signed.toJson(),
        "dispute~" + step.jobId().hex() + "~" + step.dispute(),
        step.number() == 1
            ? new Dispute(List.of(signed)).toJson()
            : plot.life.space.get(signer).entry().toJson());
  }
}
