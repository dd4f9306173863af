package org.tidegate.connector.psi;

import java.util.Set;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * A way to find out which of the receiver's keys the sender has. The session's binding names the
 * sender first. Both roles are made in two steps, the first of which is all that happens before the
 * keys are put to use: handshake, correlations, sorting out duplicates.
 */
public interface PsiProtocol {
  /** As {@code --protocol} takes it. */
  String name();

  /** Against whom it is offered. */
  Set<Adversary> adversaries();

  /** Whether a run on these terms is within its limits. */
  boolean takes(PsiTerms terms);

  /** Whether large sets are better run bucket by bucket than in one go. */
  boolean divides();

  /** Whether {@code auto} takes it for sets of this size, if no earlier protocol suits. */
  boolean suits(PsiTerms terms);

  /**
   * n′: how many keys of its choice a receiver that departs from a malicious-secure run on these
   * terms can ask about.
   */
  int chosenKeys(PsiTerms terms);

  /** A digest of the parameters that follow from the terms. */
  byte[] digest(PsiTerms terms);

  /** The receiver's first step. Duplicates among the keys are collapsed. */
  Receiver receiver(Session session, PsiTerms terms, PackedBytes keys);

  /** The sender's first step. Duplicates among the keys are collapsed. */
  Sender sender(Session session, PsiTerms terms, PackedBytes keys);

  /** The side that learns which of its rows match, ready to run once. */
  @FunctionalInterface
  interface Receiver {
    /** The numbers of the receiver's rows whose key the sender has too, ascending. */
    int[] run();
  }

  /** The other side, ready to run once. */
  @FunctionalInterface
  interface Sender {
    /** The numbers of the sender's rows whose key the receiver has too, if both learn; or none. */
    int[] run();
  }
}
