package org.tidegate.connector.app;

import java.security.SecureRandom;
import java.util.ArrayList;
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
import org.tidegate.connector.sql.plan.FinalStage;
import org.tidegate.connector.sql.plan.Fragment;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.psi.sum.SumOutcome;
import org.tidegate.mpc.random.SecretRandom;

/** This node's side of a SQL plan: its fragment, the legs, and at the recipient the final stage. */
final class SqlComputation implements Computation {
  private static final Logger log = LoggerFactory.getLogger(SqlComputation.class);

  /** Failures that tell something about the rows. */
  private static final Set<String> DATA_DEPENDENT =
      Set.of("source.failed", "source.range", "source.changed", "data.tooLarge");

  private final Plan plan;
  private final boolean recipient;
  private final List<LegInputs> legs;
  private final long minimumGroup;
  private final LegRunner runner;
  private final InputCommitments commitments;
  private final SecretBytes seed;
  private final Optional<JobException> failure;

  private SqlComputation(
      Plan plan,
      boolean recipient,
      List<LegInputs> legs,
      long minimumGroup,
      LegRunner runner,
      InputCommitments commitments,
      SecretBytes seed,
      Optional<JobException> failure) {
    this.plan = plan;
    this.recipient = recipient;
    this.legs = legs;
    this.minimumGroup = minimumGroup;
    this.runner = runner;
    this.commitments = commitments;
    this.seed = seed;
    this.failure = failure;
  }

  /**
   * Runs the own fragment and commits to it.
   *
   * @param maxRows most rows this node brings into a job
   * @param cancelled once true, the run over the rows ends
   */
  static SqlComputation prepare(
      String self,
      SqlJobPlan jobPlan,
      long minimumGroup,
      Products products,
      SourceLimits limits,
      int maxRows,
      BooleanSupplier cancelled,
      LegRunner runner,
      SecureRandom random) {
    Plan plan = jobPlan.plan();
    int index = plan.fragmentOf(self);
    Fragment fragment = plan.fragments().get(index);
    FragmentRows rows;
    Optional<JobException> failure = Optional.empty();
    try {
      rows = run(products, fragment, limits, cancelled);
      if (rows.rows() > maxRows) {
        throw new SourceException(
            "data.tooLarge",
            self
                + " would bring "
                + rows.rows()
                + " keys; its configuration allows "
                + maxRows
                + " (data.maxRows)");
      }
    } catch (SourceException e) {
      if (plan.recipient().equals(self) || !DATA_DEPENDENT.contains(e.code())) {
        throw JobException.refused(e.code(), String.valueOf(e.getMessage()));
      }
      // Whether this fails may depend on one row that the question aims at. So the node accepts
      // here, and says no in always the same words where it costs a use, as an answer does.
      log.warn("the part of {} in a plan fails: {}: {}", self, e.code(), e.getMessage());
      failure =
          Optional.of(
              JobException.refusedAndUsed(
                  FAILED,
                  "the node of "
                      + self
                      + " could not compute its part over its rows; its log says why; the use"
                      + " counts"));
      rows = nothing(fragment);
    }
    PackedBytes keys = new PackedBytes(rows.keyData(), rows.keyOffsets());
    List<IntegerColumn> columns =
        rows.columns().stream()
            .map(column -> new IntegerColumn(column.twosComplement(), column.widthBytes()))
            .toList();
    List<LegInputs> legs = new ArrayList<>();
    for (Plan.Leg leg : plan.legs()) {
      boolean matcher = leg.valueOwner() != index;
      legs.add(
          new LegInputs(
              leg.lane(),
              plan.fragments().get(1 - index).owner(),
              matcher,
              plan.parameters(leg),
              keys,
              matcher ? List.of() : columns));
    }
    byte[] seed = new byte[SecretRandom.SEED_BYTES];
    random.nextBytes(seed);
    try {
      return new SqlComputation(
          plan,
          plan.recipient().equals(self),
          legs,
          minimumGroup,
          runner,
          InputCommitments.of(legs, seed, random),
          SecretBytes.copyOf(seed),
          failure);
    } finally {
      Arrays.fill(seed, (byte) 0);
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

  private static FragmentRows run(
      Products products, Fragment fragment, SourceLimits limits, BooleanSupplier cancelled) {
    ProductSource source = products.source(fragment.product(), fragment.productDigest());
    List<FragmentRunner.Slot> slots =
        fragment.slots().stream()
            .map(slot -> new FragmentRunner.Slot(slot.name(), slot.widthBytes()))
            .toList();
    FragmentRows rows =
        FragmentRunner.run(
            source,
            fragment.sql(),
            slots,
            limits,
            new FragmentRunner.Control(cancelled, delivered -> {}));
    if (fragment.unique() && rows.delivered() != rows.rows()) {
      throw new SourceException(
          "source.changed",
          "product "
              + source.product().qualifiedName()
              + " has a key twice that is declared to be unique; its file has changed since it was"
              + " published: publish it again");
    }
    return rows;
  }

  @Override
  public List<Digest> commitments() {
    return commitments.digests();
  }

  @Override
  public String opening() {
    return commitments.opening();
  }

  @Override
  public Optional<JobException> failure() {
    return failure;
  }

  @Override
  public Output run(JobChannels channels, RevealGate gate, JobListener listener) {
    List<FinalStage.LegResult> results = new ArrayList<>();
    try (SecretRandom random = SecretRandom.of(seed)) {
      for (LegInputs leg : legs) {
        try (SecretRandom own = random.fork(leg.label())) {
          SumOutcome outcome =
              runner.run(
                  leg, plan.salt(), plan.digest(), own, minimumGroup, channels, gate, listener);
          results.add(new FinalStage.LegResult(outcome.matches(), outcome.sums()));
        }
      }
    }
    if (!recipient) {
      return new Output(Optional.empty());
    }
    try {
      List<ResultTable.Column> columns =
          plan.columns().stream()
              .map(column -> new ResultTable.Column(column.name(), column.type()))
              .toList();
      return new Output(
          Optional.of(new ResultTable(columns, List.of(FinalStage.evaluate(plan, results)))));
    } catch (SqlRefusal e) {
      throw JobException.refused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    seed.close();
  }
}
