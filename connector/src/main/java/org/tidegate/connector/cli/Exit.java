package org.tidegate.connector.cli;

import java.util.List;

/** The exit codes. For several statements the first that occurs of 70, 4, 1, 3 applies. */
public final class Exit {
  /** It holds. */
  public static final int OK = 0;

  /** Checked, and it does not hold. */
  public static final int DOES_NOT_HOLD = 1;

  /** Usage or bad input. */
  public static final int USAGE = 2;

  /** Refused: SQL, policy, grant. */
  public static final int REFUSED = 3;

  /** Aborted: peer, network, ledger. */
  public static final int ABORTED = 4;

  /** A bug of ours. */
  public static final int BUG = 70;

  private static final List<Integer> PRECEDENCE = List.of(BUG, ABORTED, DOES_NOT_HOLD, REFUSED);

  private Exit() {}

  /** The exit code of several statements. */
  public static int of(List<Integer> exits) {
    for (int exit : PRECEDENCE) {
      if (exits.contains(exit)) {
        return exit;
      }
    }
    return exits.stream().max(Integer::compare).orElse(OK);
  }

  /** The word in {@code status} of machine output. */
  static String status(int exit) {
    return switch (exit) {
      case OK -> "ok";
      case DOES_NOT_HOLD -> "failed";
      case USAGE -> "badInput";
      case REFUSED -> "refused";
      case ABORTED -> "aborted";
      default -> "bug";
    };
  }
}
