package org.tidegate.connector.transport;

/**
 * Carries a {@link LaneFailure} to whoever uses the dead lane; every use throws a new one with its
 * own stack.
 */
final class LaneDeadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LaneFailure failure;

  LaneDeadException(LaneFailure failure) {
    super(failure.message(), failure.cause());
    this.failure = failure;
  }

  LaneFailure failure() {
    return failure;
  }
}
