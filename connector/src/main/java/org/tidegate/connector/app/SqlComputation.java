package org.tidegate.connector.app;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.job.Computation;
import org.tidegate.connector.job.InputCommitments;
import org.tidegate.connector.job.JobChannels;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.JobListener;
import org.tidegate.connector.job.LegInputs;
import org.tidegate.connector.job.LegRunner;
import org.tidegate.connector.job.ResultTable;
import org.tidegate.connector.source.FragmentRows;
import org.tidegate.connector.source.FragmentRunner;
import org.tidegate.connector.source.ProductSource;
import org.tidegate.connector.source.SourceException;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.Fragment;
import org.tidegate.connector.sql.plan.MatchPlan;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.random.SecretRandom;

/** This node's side of a SQL plan: its fragment read and committed to, and ready to run once. */
abstract sealed class SqlComputation implements Computation
    permits AggregateComputation, MatchComputation {
  private static final Logger log = LoggerFactory.getLogger(SqlComputation.class);

  /** Failures that tell something about the rows. */
  private static final Set<String> DATA_DEPENDENT =
      Set.of("source.failed", "source.range", "source.changed", "data.tooLarge");

  private final Plan plan;
  private final List<? extends LegInputs> legs;
  private final Optional<JobException> failure;
  private final InputCommitments commitments;
  private final SecretBytes seed;

  SqlComputation(
      Plan plan,
      List<? extends LegInputs> legs,
      Optional<JobException> failure,
      SecureRandom random) {
    this.plan = plan;
    this.legs = legs;
    this.failure = failure;
    byte[] fresh = new byte[SecretRandom.SEED_BYTES];
    random.nextBytes(fresh);
    try {
      this.commitments = InputCommitments.of(legs, fresh, random);
      this.seed = SecretBytes.copyOf(fresh);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  /**
   * What a node computes with.
   *
   * @param self the participant
   * @param maxRows most rows this node brings into a job
   * @param maxResultRows most rows of an answer
   */
  record Means(
      String self,
      Products products,
      SourceLimits limits,
      int maxRows,
      int maxResultRows,
      LegRunner runner,
      SecureRandom random) {
    /** The product behind a fragment, as it was when the plan was made. */
    ProductSource source(Fragment fragment) {
      return products.source(fragment.product(), fragment.productDigest());
    }
  }

  /**
   * What the own fragment gave.
   *
   * @param rows none if it failed
   * @param failure why it failed, in the words that others may see
   */
  record Inputs(FragmentRows rows, Optional<JobException> failure) {}

  /**
   * Runs the own fragment and commits to it.
   *
   * @param cancelled once true, the run over the rows ends
   */
  static SqlComputation prepare(
      SqlJobPlan jobPlan, long minimumGroup, BooleanSupplier cancelled, Means means) {
    Plan plan = jobPlan.plan();
    Inputs inputs = inputs(plan, cancelled, means);
    return switch (plan) {
      case AggregatePlan aggregates ->
          new AggregateComputation(aggregates, inputs, minimumGroup, means);
      case MatchPlan match -> new MatchComputation(match, inputs, means);
    };
  }

  private static Inputs inputs(Plan plan, BooleanSupplier cancelled, Means means) {
    Fragment fragment = plan.fragments().get(plan.fragmentOf(means.self()));
    try {
      return new Inputs(read(fragment, cancelled, means), Optional.empty());
    } catch (SourceException e) {
      if (plan.recipient().equals(means.self()) || !DATA_DEPENDENT.contains(e.code())) {
        throw JobException.refused(e.code(), String.valueOf(e.getMessage()));
      }
      // Whether this fails may depend on one row that the question aims at. So the node accepts
      // here, and says no in always the same words where it costs a use, as an answer does.
      log.warn("the part of {} in a plan fails: {}: {}", means.self(), e.code(), e.getMessage());
      return new Inputs(
          nothing(fragment),
          Optional.of(
              JobException.refusedAndUsed(
                  FAILED,
                  "the node of "
                      + means.self()
                      + " could not compute its part over its rows; its log says why; the use"
                      + " counts")));
    }
  }

  /** What a part that failed commits to. */
  private static FragmentRows nothing(Fragment fragment) {
    return new FragmentRows(
        new byte[0],
        new int[1],
        fragment.slots().stream()
            .map(slot -> new FragmentRows.Column(new byte[0], slot.widthBytes()))
            .toList(),
        0);
  }

  private static FragmentRows read(Fragment fragment, BooleanSupplier cancelled, Means means) {
    ProductSource source = means.source(fragment);
    List<FragmentRunner.Slot> slots =
        fragment.slots().stream()
            .map(slot -> new FragmentRunner.Slot(slot.name(), slot.widthBytes()))
            .toList();
    FragmentRows rows =
        FragmentRunner.run(
            source,
            fragment.sql(),
            slots,
            means.limits(),
            new FragmentRunner.Control(cancelled, delivered -> {}));
    if (fragment.unique() && rows.delivered() != rows.rows()) {
      throw new SourceException(
          "source.changed",
          "product "
              + source.product().qualifiedName()
              + " has a key twice that is declared to be unique; its file has changed since it was"
              + " published: publish it again");
    }
    if (rows.rows() > means.maxRows()) {
      throw new SourceException(
          "data.tooLarge",
          means.self()
              + " would bring "
              + rows.rows()
              + " keys; its configuration allows "
              + means.maxRows()
              + " (data.maxRows)");
    }
    return rows;
  }

  @Override
  public final Optional<JobException> failure() {
    return failure;
  }

  @Override
  public final List<Digest> commitments() {
    return commitments.digests();
  }

  @Override
  public final String opening() {
    return commitments.opening();
  }

  @Override
  public final Output run(JobChannels channels, RevealGate gate, JobListener listener) {
    try (SecretRandom random = SecretRandom.of(seed)) {
      for (int i = 0; i < legs.size(); i++) {
        try (SecretRandom own = random.fork(legs.get(i).label())) {
          runLeg(i, new LegRunner.Run(plan.salt(), plan.digest(), own, channels, gate, listener));
        }
      }
    }
    return new Output(result());
  }

  /** Runs one leg and keeps what came out. */
  abstract void runLeg(int leg, LegRunner.Run run);

  /** The answer, after all legs; empty where this node is not the recipient. */
  abstract Optional<ResultTable> result();

  @Override
  public void close() {
    seed.close();
  }

  /** The answer's columns. */
  static List<ResultTable.Column> columns(Plan plan) {
    return plan.columns().stream()
        .map(column -> new ResultTable.Column(column.name(), column.type()))
        .toList();
  }
}
