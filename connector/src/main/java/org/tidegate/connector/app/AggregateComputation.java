package org.tidegate.connector.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.LegInputs;
import org.tidegate.connector.job.LegRunner;
import org.tidegate.connector.job.ResultTable;
import org.tidegate.connector.source.FragmentRows;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.FinalStage;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.psi.sum.SumOutcome;

/** Aggregates: the legs' sums, and at the recipient the final stage. */
final class AggregateComputation extends SqlComputation {
  private final AggregatePlan plan;
  private final List<LegInputs.Sum> legs;
  private final long minimumGroup;
  private final Means means;
  private final List<FinalStage.LegResult> results = new ArrayList<>();

  AggregateComputation(AggregatePlan plan, Inputs inputs, long minimumGroup, Means means) {
    this(plan, legs(plan, inputs.rows(), means), inputs.failure(), minimumGroup, means);
  }

  private AggregateComputation(
      AggregatePlan plan,
      List<LegInputs.Sum> legs,
      Optional<JobException> failure,
      long minimumGroup,
      Means means) {
    super(plan, legs, failure, means.random());
    this.plan = plan;
    this.legs = legs;
    this.minimumGroup = minimumGroup;
    this.means = means;
  }

  private static List<LegInputs.Sum> legs(AggregatePlan plan, FragmentRows rows, Means means) {
    int index = plan.fragmentOf(means.self());
    PackedBytes keys = new PackedBytes(rows.keyData(), rows.keyOffsets());
    List<IntegerColumn> columns =
        rows.columns().stream()
            .map(column -> new IntegerColumn(column.twosComplement(), column.widthBytes()))
            .toList();
    List<LegInputs.Sum> legs = new ArrayList<>();
    for (AggregatePlan.Leg leg : plan.legs()) {
      boolean matcher = leg.valueOwner() != index;
      legs.add(
          new LegInputs.Sum(
              leg.lane(),
              plan.fragments().get(1 - index).owner(),
              matcher,
              plan.parameters(leg),
              keys,
              matcher ? List.of() : columns));
    }
    return legs;
  }

  @Override
  void runLeg(int leg, LegRunner.Run run) {
    SumOutcome outcome = means.runner().sum(legs.get(leg), run, minimumGroup);
    results.add(new FinalStage.LegResult(outcome.matches(), outcome.sums()));
  }

  @Override
  Optional<ResultTable> result() {
    if (!plan.recipient().equals(means.self())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ResultTable(columns(plan), List.of(FinalStage.evaluate(plan, results))));
    } catch (SqlRefusal e) {
      throw JobException.refusedAndUsed(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
