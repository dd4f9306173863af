package org.tidegate.mpc.hash;

/**
 * What a run belongs to. It goes into every hash of a protocol, so that nothing of one run has a
 * meaning in another.
 *
 * @param sessionId unique per run: the job and its leg
 * @param planDigest the digest of the plan that all parties computed for themselves
 * @param firstParty the participant in the protocol's first role (the sender, the matcher)
 * @param secondParty the participant in the protocol's second role (the receiver, the value owner)
 */
public record Binding(String sessionId, String planDigest, String firstParty, String secondParty) {
  /** Checks that nothing is empty and the parties differ. */
  public Binding {
    if (sessionId.isEmpty() || planDigest.isEmpty()) {
      throw new IllegalArgumentException("a run has a session id and a plan digest");
    }
    if (firstParty.isEmpty() || secondParty.isEmpty() || firstParty.equals(secondParty)) {
      throw new IllegalArgumentException("a run has two different parties");
    }
  }

  /** A hash in {@code domain}, with this binding as its first fields. */
  public DomainHash hash(String domain) {
    return new DomainHash(domain)
        .text(sessionId)
        .text(planDigest)
        .text(firstParty)
        .text(secondParty);
  }
}
