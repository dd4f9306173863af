package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.DisputeStep.Action;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;

/** The part of {@link LedgerContract} on requests, ratings and disputes. */
public abstract class DisputeRules extends GradeRules {
  private static final List<String> BOTH = List.of("bank", "tax");

  // Requests

  private DataRequest request(String id) {
    return new DataRequest(
        "bank",
        id,
        TestJobs.PURPOSE,
        TestJobs.digest("what we look for"),
        ledger.now().plusSeconds(3_600),
        false,
        ledger.now());
  }

  @Test
  void aRequestIsItsOwnersUntilItIsClosed() {
    DataRequest request = request("look-1");
    Signed<DataRequest> signed = space.get("bank").sign(request);
    refused(LedgerCodes.NOT_OWNER, () -> tax.putRequest(signed));
    refused(LedgerCodes.SIGNATURE, () -> bank.putRequest(space.get("tax").sign(request)));
    bank.putRequest(signed);
    bank.putRequest(signed);
    ledger.level();
    assertThat(tax.requests("", 100).entries()).contains(signed);
    DataRequest other =
        new DataRequest(
            "bank", "look-1", "other", request.text(), request.until(), false, request.at());
    refused(LedgerCodes.EXISTS, () -> bank.putRequest(space.get("bank").sign(other)));
    DataRequest end = request.end(ledger.now());
    bank.putRequest(space.get("bank").sign(end));
    refused(LedgerCodes.EXISTS, () -> bank.putRequest(space.get("bank").sign(request("look-1"))));
    assertThat(tax.requests("", 100).entries())
        .filteredOn(entry -> entry.body().id().equals("look-1"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.body().closed()).isTrue());
    DataRequest late =
        new DataRequest(
            "bank", "look-2", "x", request.text(), ledger.now().minusSeconds(9), false, end.at());
    refused(LedgerCodes.BAD_REQUEST, () -> bank.putRequest(space.get("bank").sign(late)));
    refused(
        LedgerCodes.BAD_REQUEST,
        () -> bank.putRequest(space.get("bank").sign(request("look-3").end(ledger.now()))));
  }

  // Ratings

  private Rating rating(Digest jobId, String by, int accuracy) {
    return new Rating(
        jobId,
        by,
        "tax",
        "income",
        TestJobs.digest("product 1"),
        new TreeMap<>(Map.of("accuracy", accuracy, "timeliness", 5)),
        Optional.of(TestJobs.digest("some figures are old")),
        ledger.now());
  }

  private Reservation settled() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    jobs.write(jobs.receipt(job, "bank"));
    bank.settle(job.jobId());
    ledger.level();
    return job;
  }

  @Test
  void whoReceivedAResultRatesWhatItUsedOnce() {
    Reservation job = settled();
    Signed<Rating> rating = space.get("bank").sign(rating(job.jobId(), "bank", 3));
    refused(LedgerCodes.NOT_OWNER, () -> tax.rateProduct(rating));
    refused(
        LedgerCodes.SIGNATURE,
        () -> bank.rateProduct(space.get("tax").sign(rating(job.jobId(), "bank", 3))));
    refused(
        LedgerCodes.NOT_PARTY,
        () -> trade.rateProduct(space.get("trade").sign(rating(job.jobId(), "trade", 3))));
    bank.rateProduct(rating);
    bank.rateProduct(rating);
    refused(
        LedgerCodes.EXISTS,
        () -> bank.rateProduct(space.get("bank").sign(rating(job.jobId(), "bank", 1))));
    assertThat(tax.ratings("", 100).entries()).contains(rating);
    Rating honest = rating.body();
    Rating other =
        new Rating(
            honest.jobId(),
            "bank",
            "tax",
            "loans",
            honest.productDigest(),
            honest.scores(),
            honest.text(),
            honest.at());
    refused(LedgerCodes.BAD_REQUEST, () -> bank.rateProduct(space.get("bank").sign(other)));
  }

  @Test
  void whatIsNotSettledIsNotRated() {
    Reservation job = jobs.reserved();
    refused(
        LedgerCodes.NOT_SETTLED,
        () -> bank.rateProduct(space.get("bank").sign(rating(job.jobId(), "bank", 3))));
  }

  // Disputes

  private DisputeStep step(Digest jobId, String id, int number, Action action, String by) {
    boolean opens = action == Action.OPEN;
    return new DisputeStep(
        jobId,
        id,
        number,
        action,
        action == Action.DECIDE ? Optional.empty() : Optional.of(by),
        opens ? Optional.of(by.equals("tax") ? "bank" : "tax") : Optional.empty(),
        opens ? Optional.of("result") : Optional.empty(),
        TestJobs.digest("said in step " + number),
        ledger.now());
  }

  private RecordLedgerClient client(String name) {
    return name.equals("bank") ? bank : tax;
  }

  private Signed<DisputeStep> signed(DisputeStep step) {
    return step.by().isPresent()
        ? space.get(step.by().get()).sign(step)
        : Signed.sign(step, space.rootKey());
  }

  private void take(Digest jobId, String id, int number, Action action, String by) {
    client(by).dispute(signed(step(jobId, id, number, action, by)));
    ledger.level();
  }

  private Dispute.State state(Digest jobId, String id) {
    return trade.dispute(jobId, id).orElseThrow().state();
  }

  /** Brings a new dispute, opened by bank, to a state. */
  private void bring(Digest jobId, String id, Dispute.State state) {
    take(jobId, id, 1, Action.OPEN, "bank");
    switch (state) {
      case OPEN -> {}
      case ANSWERED -> take(jobId, id, 2, Action.ANSWER, "tax");
      case SETTLED -> {
        take(jobId, id, 2, Action.ANSWER, "tax");
        take(jobId, id, 3, Action.SETTLE, "bank");
      }
      case WITHDRAWN -> take(jobId, id, 2, Action.WITHDRAW, "bank");
      case DECIDED -> take(jobId, id, 2, Action.DECIDE, "tax");
    }
    assertThat(state(jobId, id)).isEqualTo(state);
  }

  /** Every state with every step by everybody: what the table has not is refused. */
  @Test
  void onlyTheStepsOfTheTableAreTaken() {
    Reservation job = settled();
    int serial = 0;
    for (Dispute.State from : Dispute.State.values()) {
      for (Action action : Action.values()) {
        if (action == Action.OPEN) {
          continue;
        }
        String id = "table-" + serial++;
        bring(job.jobId(), id, from);
        int next = trade.dispute(job.jobId(), id).orElseThrow().steps().size() + 1;
        Optional<Dispute.Transition> known = Dispute.transition(from, action);
        List<String> parties = action == Action.DECIDE ? List.of("tax") : BOTH;
        for (String by : wrongOnesFirst(parties, known)) {
          DisputeStep step = step(job.jobId(), id, next, action, by);
          if (known.isEmpty()) {
            refused(LedgerCodes.DISPUTE_STATE, () -> client(by).dispute(signed(step)));
          } else if (isFor(known.get().role(), by)) {
            client(by).dispute(signed(step));
            ledger.level();
            assertThat(state(job.jobId(), id)).isEqualTo(known.get().to());
          } else {
            refused(LedgerCodes.DISPUTE_ROLE, () -> client(by).dispute(signed(step)));
          }
        }
      }
    }
  }

  private static boolean isFor(Dispute.Role role, String by) {
    return role == Dispute.Role.AUTHORITY || (role == Dispute.Role.OPENER) == by.equals("bank");
  }

  private static List<String> wrongOnesFirst(
      List<String> parties, Optional<Dispute.Transition> known) {
    List<String> ordered = new ArrayList<>(parties);
    ordered.sort(
        java.util.Comparator.comparing(
            by -> known.map(transition -> isFor(transition.role(), by)).orElse(false)));
    return ordered;
  }

  @Test
  void aDisputeIsBetweenTwoPartiesOfAJob() {
    Reservation job = jobs.reserved();
    DisputeStep open = step(job.jobId(), "d-1", 1, Action.OPEN, "bank");
    refused(LedgerCodes.NOT_OWNER, () -> tax.dispute(signed(open)));
    refused(LedgerCodes.SIGNATURE, () -> bank.dispute(space.get("tax").sign(open)));
    refused(
        LedgerCodes.NOT_PARTY,
        () -> trade.dispute(signed(step(job.jobId(), "d-1", 1, Action.OPEN, "trade"))));
    refused(
        LedgerCodes.NOT_FOUND,
        () -> bank.dispute(signed(step(TestJobs.digest("no job"), "d-1", 1, Action.OPEN, "bank"))));
    refused(
        LedgerCodes.NOT_FOUND,
        () -> tax.dispute(signed(step(job.jobId(), "d-1", 2, Action.ANSWER, "tax"))));
    bank.dispute(signed(open));
    ledger.level();
    refused(
        LedgerCodes.EXISTS,
        () -> tax.dispute(signed(step(job.jobId(), "d-1", 1, Action.OPEN, "tax"))));
    refused(
        LedgerCodes.DISPUTE_STATE,
        () -> tax.dispute(signed(step(job.jobId(), "d-1", 3, Action.ANSWER, "tax"))));
    DisputeStep decision = step(job.jobId(), "d-1", 2, Action.DECIDE, "tax");
    refused(LedgerCodes.SIGNATURE, () -> tax.dispute(space.get("tax").sign(decision)));
    Signed<DisputeStep> answer = signed(step(job.jobId(), "d-1", 2, Action.ANSWER, "tax"));
    tax.dispute(answer);
    tax.dispute(answer);
    ledger.level();
    assertThat(trade.dispute(job.jobId(), "d-1").orElseThrow().steps()).hasSize(2);
    assertThat(trade.disputes("", Page.MAX_LIMIT).entries())
        .contains(trade.dispute(job.jobId(), "d-1").orElseThrow());
    // A suspended party may bring to an end what is about the past.
    jobs.rule("bank", true);
    try {
      take(job.jobId(), "d-1", 3, Action.SETTLE, "bank");
    } finally {
      jobs.rule("bank", false);
    }
    assertThat(state(job.jobId(), "d-1")).isEqualTo(Dispute.State.SETTLED);
  }
}
