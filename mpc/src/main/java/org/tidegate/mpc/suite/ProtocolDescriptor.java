package org.tidegate.mpc.suite;

import java.util.List;

/**
 * A protocol as data.
 *
 * @param name stable; stands in plans and receipts
 * @param version of its bytes on the wire; stands in plans and receipts
 * @param source the paper, with the protocol's number
 * @param security corruption model and assumptions, in words
 * @param parameters what is agreed, as names and values, in a fixed order; stands in plans
 * @param roles the parties' roles, in the order of the binding
 * @param leakage what each role learns, beyond its own input
 * @param frames the steps in the order of the run
 */
public record ProtocolDescriptor(
    String name,
    int version,
    String source,
    String security,
    List<Parameter> parameters,
    List<String> roles,
    List<Leakage> leakage,
    List<FrameDescription> frames) {
  /** Copies the lists. */
  public ProtocolDescriptor {
    parameters = List.copyOf(parameters);
    roles = List.copyOf(roles);
    leakage = List.copyOf(leakage);
    frames = List.copyOf(frames);
  }

  /** How a run may end. */
  public enum Ending {
    /** With the answer. */
    SUCCESS,
    /** A party's minimum group was not reached. */
    REFUSAL,
    /** A peer misbehaved or the network failed: at most what is stated here was learned before. */
    ABORT
  }

  /**
   * One agreed value.
   *
   * @param name with its unit
   * @param value in decimal, or a name
   */
  public record Parameter(String name, String value) {}

  /**
   * One thing that a role learns.
   *
   * @param code stable: {@code size.peer}, {@code minimumGroup.peer}, {@code count}, {@code
   *     count.belowMinimum}, {@code sum}, {@code rows}, {@code rows.chosen}
   * @param what in words
   */
  public record Leakage(String role, Ending ending, String code, String what) {}

  /**
   * One step.
   *
   * @param number the step's number on the wire
   * @param from the sending role, or {@code both}
   * @param payload what a frame holds
   * @param reveals what the receiving role learns from it; empty for nothing
   */
  public record FrameDescription(
      int number, String name, String from, String payload, String reveals) {}
}
