package org.tidegate.mpc.session;

/** Hears how far a run is. Called from the run's thread; must return quickly. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * Some items of a phase are done.
   *
   * @param phase the name of the step as in the protocol's description
   * @param done items so far, growing within a phase
   * @param total items of the phase
   */
  void at(String phase, long done, long total);
}
