package org.tidegate.connector.job;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a job stands at one node. The transition table is here and nowhere else; the store writes
 * no transition that it does not hold.
 *
 * <pre>
 * PROPOSED → ACCEPTED → RESERVED → RUNNING → REVEALING → REVEALED → SETTLED
 *     └─────────┴───────────┴─────────┴──→ REFUSED, ABORTING → RELEASED (or SETTLED, see below)
 * </pre>
 *
 * <p>A job that broke off ends SETTLED, its use counted, when not everybody can sign that nothing
 * was revealed before it expires.
 */
public enum JobState {
  /** The proposal is signed (coordinator) or has arrived (owner). */
  PROPOSED,
  /** Coordinator: every acceptance is there. Owner: its acceptance is signed. */
  ACCEPTED,
  /** The reservation stands on the ledger. */
  RESERVED,
  /** The protocol runs. */
  RUNNING,
  /**
   * From here on the use counts: this node sends, or may have sent, a frame that reveals; the
   * recipient: takes it. Such is also the refusal of a group that is too small.
   */
  REVEALING,
  /** The protocol ran to its end. */
  REVEALED,
  /** This node or another party said no before anything was revealed. */
  REFUSED,
  /** It broke off before this node revealed anything, and this node will reveal nothing. */
  ABORTING,
  /** Over; the use counts. */
  SETTLED,
  /** Over; nothing was used. */
  RELEASED;

  private static final Map<JobState, Set<JobState>> TABLE = new EnumMap<>(JobState.class);

  static {
    TABLE.put(PROPOSED, EnumSet.of(ACCEPTED, REFUSED, ABORTING));
    TABLE.put(ACCEPTED, EnumSet.of(RESERVED, REFUSED, ABORTING));
    TABLE.put(RESERVED, EnumSet.of(RUNNING, REFUSED, ABORTING));
    TABLE.put(RUNNING, EnumSet.of(REVEALING, REFUSED, ABORTING));
    // Settled from here when it broke off after the journal was written: time runs out, it counts.
    TABLE.put(REVEALING, EnumSet.of(REVEALED, SETTLED));
    TABLE.put(REVEALED, EnumSet.of(SETTLED));
    // Settled from here when another party cannot sign that it revealed nothing.
    TABLE.put(REFUSED, EnumSet.of(RELEASED, SETTLED));
    TABLE.put(ABORTING, EnumSet.of(RELEASED, SETTLED));
    TABLE.put(SETTLED, EnumSet.noneOf(JobState.class));
    TABLE.put(RELEASED, EnumSet.noneOf(JobState.class));
  }

  /** Whether the table holds the transition to {@code next}. */
  public boolean mayBecome(JobState next) {
    return next().contains(next);
  }

  private Set<JobState> next() {
    return TABLE.getOrDefault(this, Set.of());
  }

  /** Whether nothing can follow. */
  public boolean isFinal() {
    return next().isEmpty();
  }

  /** Whether this node has sent no revealing frame, whatever happens now. */
  public boolean revealedNothing() {
    return switch (this) {
      case PROPOSED, ACCEPTED, RESERVED, RUNNING, REFUSED, ABORTING, RELEASED -> true;
      case REVEALING, REVEALED, SETTLED -> false;
    };
  }

  /** Whether this node can still decide to reveal nothing. */
  public boolean mayAbort() {
    return mayBecome(ABORTING);
  }
}
