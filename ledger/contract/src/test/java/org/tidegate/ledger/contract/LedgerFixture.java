package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.records.Reservation;

/**
 * A started ledger, three institutions on it, and how a refusal reads: what the suites of {@link
 * LedgerContract} share.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LedgerFixture {
  static final Duration SOON = Duration.ofMillis(1_500);

  final TestSpace space = new TestSpace();
  LedgerUnderTest ledger;
  TestJobs jobs;
  RecordLedgerClient bank;
  RecordLedgerClient tax;
  RecordLedgerClient trade;

  /** Starts a ledger of that space, without records, whose peers pin the space's authority. */
  protected abstract LedgerUnderTest start(TestSpace space);

  /** How many clients race for the uses of one grant, and how often each tries. */
  protected abstract Race race();

  /**
   * The size of the race.
   *
   * @param limit the grant's count
   * @param clients threads
   * @param tries reservations each attempts
   */
  public record Race(int limit, int clients, int tries) {}

  @BeforeAll
  final void startLedger() {
    ledger = start(space);
    jobs = new TestJobs(space, ledger);
    bank = ledger.client("bank");
    tax = ledger.client("tax");
    trade = ledger.client("trade");
    jobs.prepare();
  }

  @AfterAll
  final void stopLedger() {
    ledger.close();
  }

  void refused(String code, ThrowingCallable call) {
    ledger.level();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  void reserveRefused(String code, Reservation reservation) {
    refused(code, () -> bank.submit("reserve", reservation.toJson(), Set.of("bank", "tax"), true));
  }
}
