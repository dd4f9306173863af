package org.tidegate.connector.job;

import java.time.Duration;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.hash.Binding;
import org.tidegate.mpc.psi.sum.GroupTooSmallException;
import org.tidegate.mpc.psi.sum.MatcherSetup;
import org.tidegate.mpc.psi.sum.SumOutcome;
import org.tidegate.mpc.psi.sum.ValueOwnerSetup;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Cancellation;
import org.tidegate.mpc.session.Kernels;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;

/** Runs legs: one intersection-sum each, over a lane of its own. */
public final class LegRunner {
  private final String self;
  private final Workers workers;
  private final Kernels kernels;
  private final Duration deadline;

  /**
   * @param deadline how long one leg may take
   */
  public LegRunner(String self, Workers workers, Kernels kernels, Duration deadline) {
    this.self = self;
    this.workers = workers;
    this.kernels = kernels;
    this.deadline = deadline;
  }

  /**
   * Runs a leg.
   *
   * @param jobSalt binds the run to its job
   * @param planDigest binds the run to its plan
   * @param random this leg's own source
   * @param minimumGroup fewest matches that this node agrees to reveal anything about
   * @throws JobException refused, and the use counts: {@code group.tooSmall}
   */
  public SumOutcome run(
      LegInputs leg,
      String jobSalt,
      Digest planDigest,
      SecretRandom random,
      long minimumGroup,
      JobChannels channels,
      Computation.RevealGate gate,
      JobListener listener) {
    Binding binding =
        new Binding(
            jobSalt + "/" + leg.label(),
            planDigest.toString(),
            leg.matcher() ? self : leg.peer(),
            leg.matcher() ? leg.peer() : self);
    SessionOptions options =
        new SessionOptions(
            workers,
            kernels,
            deadline,
            new Cancellation(),
            (phase, done, total) -> listener.progress(leg.label() + " " + phase, done, total));
    int minimum = Math.toIntExact(Math.min(minimumGroup, Integer.MAX_VALUE));
    try (Channel lane = channels.lane(leg.peer(), leg.label());
        Session session = Session.open(lane, binding, random, options)) {
      return leg.matcher()
          ? new MatcherSetup(session, leg.parameters()).connect(leg.keys(), minimum).run(gate::pass)
          : new ValueOwnerSetup(session, leg.parameters())
              .connect(leg.keys(), leg.columns(), minimum)
              .run(gate::pass);
    } catch (GroupTooSmallException e) {
      throw JobException.refusedAndUsed(
          e.code(),
          "fewer keys match than the minimum group of "
              + e.minimumGroup()
              + "; nothing else was revealed, and the use counts; ask a question that concerns more"
              + " records");
    }
  }
}
