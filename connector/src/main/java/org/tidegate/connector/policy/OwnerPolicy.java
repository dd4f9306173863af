package org.tidegate.connector.policy;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Proposal;

/** An owner's check of a proposal against its own grants. */
public final class OwnerPolicy {
  private final String self;
  private final long minimumGroup;
  private final Supplier<X509Certificate> authority;

  /**
   * @param self the owner
   * @param minimumGroup fewest data subjects in an answered group, whatever a grant says
   * @param authority the owner's own certificate authority
   */
  public OwnerPolicy(String self, long minimumGroup, Supplier<X509Certificate> authority) {
    this.self = self;
    this.minimumGroup = minimumGroup;
    this.authority = authority;
  }

  /**
   * Checks a proposal.
   *
   * @param needs what the plan does, as this owner derived it from the SQL text
   * @param ledger an own grant by its id, as it stands on the ledger
   * @param grades what the space allows with graded columns; asked only where there are any
   * @return the minimum group this owner insists on
   * @throws PolicyException naming what is not allowed
   */
  public long check(
      Proposal proposal,
      List<DataNeed> needs,
      Function<String, Optional<GrantState>> ledger,
      Supplier<Optional<GradePolicy>> grades,
      Instant now) {
    long minimum = minimumGroup;
    List<GrantNeed> named = new ArrayList<>();
    proposal.needs().stream().filter(need -> need.owner().equals(self)).forEach(named::add);
    boolean ownQuestion = proposal.recipient().equals(self);
    for (DataNeed need : needs) {
      if (!need.owner().equals(self) || ownQuestion) {
        continue;
      }
      GrantState state = find(proposal, need, named, ledger, now);
      Grant grant = state.grant();
      requireGrades(state, need, proposal, grades);
      named.removeIf(other -> other.grant().equals(grant.id()));
      minimum = Math.max(minimum, grant.minimumGroup());
      if (need.matchesRows() && minimumGroup > 1) {
        throw new PolicyException(
            LedgerCodes.GROUP_TOO_SMALL,
            self
                + " answers nothing about groups below "
                + minimumGroup
                + " (policy.minimumGroup), and "
                + GrantCheck.ROWS_HAVE_NO_GROUP
                + ": ask for an aggregate, or ask "
                + self
                + " to lower it");
      }
      if (minimumGroup > 1 && !need.subjectMissed().isEmpty()) {
        throw new PolicyException(
            GrantCheck.GROUP_SUBJECT,
            "the node of " + self + GrantCheck.miscounts(need, minimumGroup));
      }
    }
    if (!named.isEmpty()) {
      throw new PolicyException(
          LedgerCodes.PLAN_MISMATCH,
          "the proposal would use grant '"
              + named.getFirst().grant()
              + "' of "
              + self
              + ", which its plan does not need");
    }
    return minimum;
  }

  /**
   * The ledger says what a majority of the members endorsed; that this owner granted it, only its
   * own signature says.
   */
  private void requireOwn(String id, GrantState state) {
    Grant grant = state.grant();
    if (!grant.id().equals(id)
        || !grant.owner().equals(self)
        || !state.granted().isBy(authority.get())) {
      throw new PolicyException(
          LedgerCodes.GRANT_SIGNATURE,
          "grant '"
              + id
              + "' stands on the ledger in the name of "
              + self
              + ", which has not signed it; audit the ledger");
    }
  }

  private static void requireGrades(
      GrantState state, DataNeed need, Proposal proposal, Supplier<Optional<GradePolicy>> grades) {
    if (state.grades().isEmpty()) {
      return;
    }
    Grant grant = state.grant();
    Optional<String> miss =
        grades
            .get()
            .flatMap(policy ->
                policy.miss(
                    state.grades().get(),
                    need.columns(),
                    grant.purpose(),
                    grant.minimumGroup(),
                    Optional.of(proposal.security().orElse("semi-honest"))));
    if (miss.isPresent()) {
      throw new PolicyException(
          LedgerCodes.POLICY_GRADE, "grant '" + grant.id() + "': " + miss.get());
    }
  }

  private GrantState find(
      Proposal proposal,
      DataNeed need,
      List<GrantNeed> named,
      Function<String, Optional<GrantState>> ledger,
      Instant now) {
    for (GrantNeed candidate : named) {
      GrantState state =
          ledger
              .apply(candidate.grant())
              .orElseThrow(() ->
                  new PolicyException(
                      LedgerCodes.GRANT_MISSING,
                      "there is no grant '" + candidate.grant() + "' on the ledger"));
      requireOwn(candidate.grant(), state);
      if (!state.grant().product().equals(need.product())) {
        continue;
      }
      Optional<GrantCheck.Miss> miss =
          GrantCheck.firstMiss(state, need, proposal.recipient(), proposal.purpose(), now);
      if (miss.isPresent()) {
        throw new PolicyException(miss.get().code(), miss.get().message());
      }
      if (!candidate.columns().equals(need.columns())) {
        throw new PolicyException(
            LedgerCodes.PLAN_MISMATCH,
            "the proposal says that it needs "
                + candidate.columns().toJson()
                + " of "
                + need
                + ", its plan needs "
                + need.columns().toJson());
      }
      return state;
    }
    throw new PolicyException(
        LedgerCodes.GRANT_MISSING, "the proposal names no grant on " + need + ", which it uses");
  }
}
