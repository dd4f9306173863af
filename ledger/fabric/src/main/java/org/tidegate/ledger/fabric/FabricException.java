package org.tidegate.ledger.fabric;

import java.io.Serial;

/** A Fabric network cannot be made, started or reached; the message says what to do. */
public final class FabricException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public FabricException(String message) {
    super(message);
  }

  /** With a message for people, and where it came from. */
  public FabricException(String message, Throwable cause) {
    super(message, cause);
  }
}
