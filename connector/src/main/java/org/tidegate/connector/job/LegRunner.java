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

/** Runs legs: one protocol each, over a lane of its own. */
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
   * What a leg is run with beside its inputs.
   *
   * @param jobSalt binds the run to its job
   * @param planDigest binds the run to its plan
   * @param random this leg's own source
   */
  public record Run(
      String jobSalt,
      Digest planDigest,
      SecretRandom random,
      JobChannels channels,
      Computation.RevealGate gate,
      JobListener listener) {}

  /**
   * Runs an intersection-sum.
   *
   * @param minimumGroup fewest matches that this node agrees to reveal anything about
   * @throws JobException refused, and the use counts: {@code group.tooSmall}
   */
  public SumOutcome sum(LegInputs.Sum leg, Run run, long minimumGroup) {
    int minimum = Math.toIntExact(Math.min(minimumGroup, Integer.MAX_VALUE));
    try (Channel lane = run.channels().lane(leg.peer(), leg.label());
        Session session = open(lane, leg, run)) {
      return leg.matcher()
          ? new MatcherSetup(session, leg.parameters())
              .connect(leg.keys(), minimum)
              .run(run.gate()::pass)
          : new ValueOwnerSetup(session, leg.parameters())
              .connect(leg.keys(), leg.columns(), minimum)
              .run(run.gate()::pass);
    } catch (GroupTooSmallException e) {
      throw JobException.refusedAndUsed(
          e.code(),
          "fewer keys match than the minimum group of "
              + e.minimumGroup()
              + "; the answer was not revealed, but "
              + (e.here() ? self : leg.peer())
              + " has learned how many match, and the use counts; ask a question that concerns more"
              + " records");
    }
  }

  /**
   * Runs a set intersection.
   *
   * @return at the receiver the numbers of its keys that match, ascending; at the sender none
   */
  public int[] match(LegInputs.Match leg, Run run) {
    try (Channel lane = run.channels().lane(leg.peer(), leg.label());
        Session session = open(lane, leg, run)) {
      if (leg.receiver()) {
        return leg.intersection().receive(session, leg.keys());
      }
      leg.intersection().send(session, leg.keys(), run.gate()::pass);
      return new int[0];
    }
  }

  private Session open(Channel lane, LegInputs leg, Run run) {
    Binding binding =
        new Binding(
            run.jobSalt() + "/" + leg.label(),
            run.planDigest().toString(),
            leg.first() ? self : leg.peer(),
            leg.first() ? leg.peer() : self);
    SessionOptions options =
        new SessionOptions(
            workers,
            kernels,
            deadline,
            new Cancellation(),
            (phase, done, total) ->
                run.listener().progress(leg.label() + " " + phase, done, total));
    return Session.open(lane, binding, run.random(), options);
  }
}
