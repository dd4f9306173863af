package org.tidegate.mpc.session;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs a role's body once, and kills the lane when it fails, so that the peer does not wait. */
public final class RunGuard {
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * Runs the body.
   *
   * @param refusal failures of this type are orderly ends, after which the lane lives
   * @throws IllegalStateException on a second call
   */
  public <T> T once(Session session, Class<? extends RuntimeException> refusal, Supplier<T> body) {
    if (used.getAndSet(true)) {
      throw new IllegalStateException("a protocol's role runs once");
    }
    return guard(session, refusal, body);
  }

  /** Runs a part of a role, and kills the lane when it fails. */
  public static <T> T guard(
      Session session, Class<? extends RuntimeException> refusal, Supplier<T> body) {
    try {
      return body.get();
    } catch (RuntimeException e) {
      if (!refusal.isInstance(e)) {
        // What failed here may depend on secrets: the peer learns only that it failed.
        session.channel().abort("the peer's end of the run failed");
      }
      throw e;
    } catch (Error e) {
      session.channel().abort("the peer's end of the run failed");
      throw e;
    }
  }

  /** The refusal of protocols that have none. */
  public static final class NoRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NoRefusal() {}
  }
}
