package org.tidegate.connector.app;

import java.util.List;
import java.util.Optional;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.LegInputs;
import org.tidegate.connector.job.LegRunner;
import org.tidegate.connector.job.ResultTable;
import org.tidegate.connector.source.FragmentRows;
import org.tidegate.connector.source.MatchedRows;
import org.tidegate.connector.source.SourceException;
import org.tidegate.connector.sql.plan.MatchPlan;
import org.tidegate.mpc.bytes.PackedBytes;

/** Matched rows: one set intersection, and at the recipient the rows of its own table. */
final class MatchComputation extends SqlComputation {
  private final MatchPlan plan;
  private final FragmentRows rows;
  private final LegInputs.Match leg;
  private final Means means;
  private int[] matched = {};

  MatchComputation(MatchPlan plan, Inputs inputs, Means means) {
    this(plan, inputs, leg(plan, inputs.rows(), means), means);
  }

  private MatchComputation(MatchPlan plan, Inputs inputs, LegInputs.Match leg, Means means) {
    super(plan, List.of(leg), inputs.failure(), means.random());
    this.plan = plan;
    this.rows = inputs.rows();
    this.leg = leg;
    this.means = means;
  }

  private static LegInputs.Match leg(MatchPlan plan, FragmentRows rows, Means means) {
    boolean receiver = plan.recipient().equals(means.self());
    return new LegInputs.Match(
        MatchPlan.LANE,
        (receiver ? plan.sender() : plan.receiver()).owner(),
        receiver,
        plan.intersection(),
        new PackedBytes(rows.keyData(), rows.keyOffsets()));
  }

  @Override
  void runLeg(int index, LegRunner.Run run) {
    matched = means.runner().match(leg, run);
  }

  @Override
  Optional<ResultTable> result() {
    if (!leg.receiver()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ResultTable(
              columns(plan),
              MatchedRows.read(
                  means.source(plan.receiver()),
                  plan.rowsSql(),
                  plan.columns().size(),
                  rows,
                  matched,
                  means.maxResultRows(),
                  means.limits())));
    } catch (SourceException e) {
      // By now this node knows which keys match, whether it can show the rows or not.
      throw JobException.refusedAndUsed(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
