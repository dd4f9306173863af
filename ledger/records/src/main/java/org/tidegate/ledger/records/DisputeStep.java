package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One step of a dispute about a job, signed by whoever takes it: a party with its receipt key, or
 * the space's authority with its root key. What is said is a text of which the ledger has a digest.
 *
 * @param jobId the job
 * @param dispute the dispute's id, unique among those about the job
 * @param number 1, 2, …: the place of the step
 * @param action what is done
 * @param by the party that does it; empty for the authority, whose only step is to decide
 * @param against at opening: the other party; afterwards empty
 * @param subject at opening: what it is about, an identifier such as {@code result} or {@code
 *     metering}; afterwards empty
 * @param text digest of what is said, a {@link SaltedText}
 * @param at when it was signed
 */
public record DisputeStep(
    Digest jobId,
    String dispute,
    int number,
    Action action,
    Optional<String> by,
    Optional<String> against,
    Optional<String> subject,
    Digest text,
    Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.disputeStep/1";

  /** What can be done in a dispute. */
  public enum Action {
    /** Begin it. */
    OPEN,
    /** Say the other side's view. */
    ANSWER,
    /** Object to the answer. */
    REPLY,
    /** Accept the answer: the parties have settled. */
    SETTLE,
    /** Take it back. */
    WITHDRAW,
    /** Decide it, as the authority. */
    DECIDE;

    /** The word in records and commands. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word. */
    public static Action parse(String text) {
      for (Action action : values()) {
        if (action.text().equals(text)) {
          return action;
        }
      }
      throw new RecordException(
          "'"
              + RecordException.excerpt(text)
              + "' is no step of a dispute; expected open, answer, reply, settle, withdraw or"
              + " decide");
    }
  }

  /** Checks names, and that opening alone says against whom and about what. */
  public DisputeStep {
    Ids.id("dispute", dispute);
    if (number < 1) {
      throw new RecordException("step " + number + " of a dispute; expected 1 or more");
    }
    boolean opens = action == Action.OPEN;
    by.ifPresent(name -> Ids.participant("by", name));
    against.ifPresent(name -> Ids.participant("against", name));
    subject.ifPresent(word -> Ids.id("subject", word));
    if (by.isPresent() == (action == Action.DECIDE)) {
      throw new RecordException(
          "a party takes every step of a dispute but the decision, which is the authority's");
    }
    if (against.isPresent() != opens || subject.isPresent() != opens) {
      throw new RecordException("opening a dispute, and only that, says 'against' and 'subject'");
    }
    if (opens && by.equals(against)) {
      throw new RecordException("a dispute is with another party");
    }
    at = Times.millis(at);
  }

  /** Reads a step. */
  public static DisputeStep fromJson(JsonObject json) {
    json.expect(
        TYPE, "jobId", "dispute", "number", "action", "by", "against", "subject", "text", "at");
    return new DisputeStep(
        json.digest("jobId"),
        json.string("dispute"),
        (int) json.number("number", 1, Integer.MAX_VALUE),
        Action.parse(json.string("action")),
        json.optionalString("by"),
        json.optionalString("against"),
        json.optionalString("subject"),
        json.digest("text"),
        json.time("at"));
  }

  /** Reads a signed step. */
  public static Signed<DisputeStep> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, DisputeStep::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("dispute", dispute)
        .put("number", number)
        .put("action", action.text())
        .put("by", by)
        .put("against", against)
        .put("subject", subject)
        .put("text", text)
        .put("at", at)
        .build();
  }
}
