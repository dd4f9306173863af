package org.tidegate.ledger.fabric;

import java.io.Serial;

/** A Fabric network cannot be made, started or reached; the message says what to do. */
public final class FabricException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean input;

  /** With a message for people. */
  public FabricException(String message) {
    super(message);
    input = false;
  }

  /** With a message for people, and where it came from. */
  public FabricException(String message, Throwable cause) {
    super(message, cause);
    input = false;
  }

  private FabricException(boolean input, String message) {
    super(message);
    this.input = input;
  }

  /** One that is about what the user gave or has installed, and not about what happened. */
  static FabricException ofInput(String message) {
    return new FabricException(true, message);
  }

  /** Whether it is about what the user gave or has installed. */
  public boolean isAboutInput() {
    return input;
  }
}
