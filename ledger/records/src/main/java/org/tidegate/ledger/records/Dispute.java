package org.tidegate.ledger.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A dispute about a job as it stands: its steps so far.
 *
 * @param steps signed, in their order; the first opens it
 */
public record Dispute(List<Signed<DisputeStep>> steps) implements CanonicalRecord {
  /** The greatest number of steps; then it is settled, withdrawn or decided. */
  public static final int MAX_STEPS = 100;

  /** Where a dispute stands. */
  public enum State {
    /** The other party is to answer. */
    OPEN,
    /** Whoever opened it is to settle, reply or withdraw. */
    ANSWERED,
    /** Over: the answer was accepted. */
    SETTLED,
    /** Over: it was taken back. */
    WITHDRAWN,
    /** Over: the authority has decided. */
    DECIDED;

    /** The word in answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who may take a step. */
  public enum Role {
    /** The party that opened the dispute. */
    OPENER,
    /** The party it is with. */
    RESPONDENT,
    /** The space's authority. */
    AUTHORITY
  }

  /**
   * A step that may be taken.
   *
   * @param from where the dispute stands
   * @param action what is done
   * @param role by whom
   * @param to where it stands then
   */
  public record Transition(State from, DisputeStep.Action action, Role role, State to) {}

  /** All steps there are, besides opening; any other is refused. */
  public static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(State.OPEN, DisputeStep.Action.ANSWER, Role.RESPONDENT, State.ANSWERED),
          new Transition(State.OPEN, DisputeStep.Action.WITHDRAW, Role.OPENER, State.WITHDRAWN),
          new Transition(State.OPEN, DisputeStep.Action.DECIDE, Role.AUTHORITY, State.DECIDED),
          new Transition(State.ANSWERED, DisputeStep.Action.REPLY, Role.OPENER, State.OPEN),
          new Transition(State.ANSWERED, DisputeStep.Action.SETTLE, Role.OPENER, State.SETTLED),
          new Transition(State.ANSWERED, DisputeStep.Action.WITHDRAW, Role.OPENER, State.WITHDRAWN),
          new Transition(State.ANSWERED, DisputeStep.Action.DECIDE, Role.AUTHORITY, State.DECIDED));

  /** Checks that the steps are numbered, and that the first opens. */
  public Dispute {
    steps = Ids.size("steps", steps, 1, MAX_STEPS);
    for (int i = 0; i < steps.size(); i++) {
      DisputeStep step = steps.get(i).body();
      if (step.number() != i + 1 || (step.action() == DisputeStep.Action.OPEN) != (i == 0)) {
        throw new RecordException("the steps of a dispute are not in their order");
      }
    }
  }

  /** Reads a dispute. */
  public static Dispute fromJson(JsonObject json) {
    json.allowOnly("steps");
    return new Dispute(json.objects("steps", DisputeStep::signedFromJson));
  }

  /** The step that opened it. */
  public DisputeStep opening() {
    return steps.getFirst().body();
  }

  /** The party that opened it. */
  public String opener() {
    return opening().by().orElseThrow();
  }

  /** The party it is with. */
  public String respondent() {
    return opening().against().orElseThrow();
  }

  /** Where it stands. */
  public State state() {
    State state = State.OPEN;
    for (Signed<DisputeStep> step : steps.subList(1, steps.size())) {
      state =
          transition(state, step.body().action())
              .orElseThrow(() ->
                  new RecordException(
                      "a dispute on the ledger has a step that none of its states allows"))
              .to();
    }
    return state;
  }

  /** The transition that {@code action} makes from {@code state}, or empty. */
  public static Optional<Transition> transition(State state, DisputeStep.Action action) {
    return TRANSITIONS.stream()
        .filter(known -> known.from() == state && known.action() == action)
        .findFirst();
  }

  /** What may be done from {@code state}. */
  public static List<DisputeStep.Action> actions(State state) {
    return TRANSITIONS.stream()
        .filter(known -> known.from() == state)
        .map(Transition::action)
        .toList();
  }

  /** The same with one more step. */
  public Dispute with(Signed<DisputeStep> step) {
    List<Signed<DisputeStep>> more = new ArrayList<>(steps);
    more.add(step);
    return new Dispute(more);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("steps", steps).build();
  }
}
