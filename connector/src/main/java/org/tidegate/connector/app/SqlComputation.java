package org.tidegate.connector.app;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  private final Plan plan;
  private final boolean recipient;
  private final List<LegInputs> legs;
  private final long minimumGroup;
  private final LegRunner runner;
  private final InputCommitments commitments;
  private final SecretBytes seed;

  private SqlComputation(
      Plan plan,
      boolean recipient,
      List<LegInputs> legs,
      long minimumGroup,
      LegRunner runner,
      InputCommitments commitments,
      SecretBytes seed) {
    this.plan = plan;
    this.recipient = recipient;
    this.legs = legs;
    this.minimumGroup = minimumGroup;
    this.runner = runner;
    this.commitments = commitments;
    this.seed = seed;
  }

  /**
   * Runs the own fragment and commits to it.
   *
   * @param maxRows most rows this node brings into a job
   */
  static SqlComputation prepare(
      String self,
      SqlJobPlan jobPlan,
      long minimumGroup,
      Products products,
      SourceLimits limits,
      int maxRows,
      LegRunner runner,
      SecureRandom random) {
    Plan plan = jobPlan.plan();
    int index = plan.fragmentOf(self);
    Fragment fragment = plan.fragments().get(index);
    FragmentRows rows = run(products, fragment, limits);
    if (rows.rows() > maxRows) {
      throw JobException.refused(
          "data.tooLarge",
          self
              + " would bring "
              + rows.rows()
              + " keys; its configuration allows "
              + maxRows
              + " (data.maxRows)");
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
          SecretBytes.copyOf(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static FragmentRows run(Products products, Fragment fragment, SourceLimits limits) {
    ProductSource source = products.source(fragment.product(), fragment.productDigest());
    List<FragmentRunner.Slot> slots =
        fragment.slots().stream()
            .map(slot -> new FragmentRunner.Slot(slot.name(), slot.widthBytes()))
            .toList();
    try {
      return FragmentRunner.run(source, fragment.sql(), slots, limits, FragmentRunner.Control.NONE);
    } catch (SourceException e) {
      throw JobException.refused(e.code(), String.valueOf(e.getMessage()));
    }
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
