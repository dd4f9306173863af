package org.tidegate.connector.policy;

import java.time.Instant;
import java.util.Optional;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;

/** Whether one grant allows one need, and if not, which rule comes first. */
final class GrantCheck {
  /**
   * A rule that does not hold.
   *
   * @param code the error code
   * @param message what is wrong
   * @param rank how many rules held before it; the nearest miss has the highest
   */
  record Miss(String code, String message, int rank) {}

  /** The matches that a minimum group is compared with would not be data subjects. */
  static final String GROUP_SUBJECT = "group.subject";

  /** Why a minimum group and a match do not go together. */
  static final String ROWS_HAVE_NO_GROUP =
      "matching reveals rows one by one and has no minimum group";

  private GrantCheck() {}

  /** The rest of a sentence: what the minimum group would count. */
  static String miscounts(DataNeed need, long minimumGroup) {
    return " asks for "
        + minimumGroup
        + " data subjects in a group, and a subject of "
        + need
        + " may have several of the keys joined on: join on "
        + String.join(", ", need.subjectMissed())
        + " alone, which names the subject";
  }

  /** The first rule that does not hold, or empty. Whether uses are left is not looked at. */
  static Optional<Miss> firstMiss(
      GrantState state, DataNeed need, String recipient, String purpose, Instant now) {
    Grant grant = state.grant();
    String name = "grant '" + grant.id() + "' of " + grant.owner();
    if (!grant.owner().equals(need.owner()) || !grant.product().equals(need.product())) {
      return miss(LedgerCodes.GRANT_MISSING, name + " is not on " + need, 0);
    }
    if (!grant.productDigest().equals(need.productDigest())) {
      return miss(
          LedgerCodes.GRANT_MISSING,
          name + " is on another version of " + need + ", which " + need.owner() + " has changed",
          1);
    }
    if (!grant.recipients().contains(recipient)) {
      return miss(
          LedgerCodes.GRANT_RECIPIENT,
          name + " is for the recipients " + grant.recipients() + ", not for " + recipient,
          2);
    }
    if (!grant.purpose().equals(purpose)) {
      return miss(
          LedgerCodes.GRANT_PURPOSE,
          name + " is for the purpose '" + grant.purpose() + "', not '" + purpose + "'",
          3);
    }
    Optional<String> column = grant.columns().missing(need.columns());
    if (column.isPresent()) {
      return miss(
          LedgerCodes.GRANT_COLUMN, name + " does not allow '" + column.get() + "' on " + need, 4);
    }
    if (need.matchesRows() && grant.minimumGroup() > 1) {
      return miss(
          LedgerCodes.GROUP_TOO_SMALL,
          name
              + " has the minimum group "
              + grant.minimumGroup()
              + "; "
              + ROWS_HAVE_NO_GROUP
              + ": ask for an aggregate, or for a grant with minimumGroup 1",
          5);
    }
    if (grant.minimumGroup() > 1 && !need.subjectMissed().isEmpty()) {
      return miss(GROUP_SUBJECT, name + miscounts(need, grant.minimumGroup()), 5);
    }
    if (grant.terms().budget().isPresent()) {
      return miss(
          LedgerCodes.GRANT_BUDGET,
          name
              + " answers only with noise, within a privacy budget, and this plan's answer is"
              + " exact",
          5);
    }
    if (now.isBefore(grant.from())) {
      return miss(LedgerCodes.GRANT_NOT_YET, name + " begins at " + grant.from(), 6);
    }
    if (!now.isBefore(grant.until())) {
      return miss(LedgerCodes.GRANT_EXPIRED, name + " ended at " + grant.until(), 7);
    }
    return state
        .revocation()
        .flatMap(revocation ->
            miss(
                LedgerCodes.GRANT_REVOKED,
                name
                    + " was revoked at "
                    + revocation.body().at()
                    + ": "
                    + revocation.body().reason(),
                8));
  }

  private static Optional<Miss> miss(String code, String message, int rank) {
    return Optional.of(new Miss(code, message, rank));
  }
}
