package org.tidegate.mpc.session;

/**
 * Called on the party that is not the recipient, once, just before the first frame from which the
 * recipient learns anything of the answer: the verdict, since a refusal tells that fewer keys match
 * than the minimum group. The caller journals and syncs here that it has revealed: from the moment
 * of the call on, the use counts, also when the verdict is a refusal. At the recipient it is never
 * called: what the recipient sends tells its peer the count and nothing else, on success and on
 * refusal.
 */
@FunctionalInterface
public interface RevealHook {
  /** Does nothing. */
  RevealHook NONE = () -> {};

  /** If it throws, nothing is revealed and the run aborts. */
  void beforeReveal();
}
