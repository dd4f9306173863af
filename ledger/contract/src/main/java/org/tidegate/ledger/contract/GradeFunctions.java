package org.tidegate.ledger.contract;

import java.util.Map;
import java.util.Optional;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;

/** What the space's authority allows with graded columns, and whether a grant or job keeps it. */
final class GradeFunctions {
  void addTo(TidegateContract contract) {
    contract.add("putGradePolicy", GradeFunctions::putGradePolicy);
    contract.addQuery(
        "getGradePolicy", (call, request) -> Answers.optional(call.get(Keys.GRADE_POLICY)));
  }

  private static JsonObject putGradePolicy(Call call, JsonObject request) {
    Signed<GradePolicy> signed = GradePolicy.signedFromJson(request);
    GradePolicy policy = signed.body();
    String what = "version " + policy.version() + " of the grade policy";
    SpaceStatement space = call.spaceStatement();
    call.requireMember(space);
    if (!policy.space().equals(call.space())) {
      throw new Refusal(
          LedgerCodes.SPACE,
          what + " is for space '" + policy.space() + "', this is '" + call.space() + "'");
    }
    if (!signed.verify(space.authorityCertificate().getPublicKey())) {
      throw new Refusal(
          LedgerCodes.SIGNATURE, what + " does not verify under the space authority's key");
    }
    Optional<Signed<GradePolicy>> present =
        call.get(Keys.GRADE_POLICY).map(GradePolicy::signedFromJson);
    if (present.filter(signed::equals).isPresent()) {
      return JsonObject.empty();
    }
    int next = present.map(stands -> stands.body().version()).orElse(0) + 1;
    if (policy.version() != next) {
      throw new Refusal(LedgerCodes.EXISTS, what + " cannot be put now; the next one is " + next);
    }
    call.put(Keys.GRADE_POLICY, signed);
    return JsonObject.empty();
  }

  /**
   * Refuses what the policy forbids. Reads it only where there are grades, so that a product which
   * nobody classified has the transactions it always had.
   *
   * @param what how the message names the grant
   * @param columns granted or needed
   * @param security of the job, or empty for a grant
   */
  static void check(
      Call call,
      String what,
      Grant grant,
      Optional<? extends Map<String, Grade>> grades,
      ColumnUses columns,
      Optional<String> security) {
    if (grades.isEmpty()) {
      return;
    }
    Optional<String> miss =
        call.get(Keys.GRADE_POLICY)
            .map(GradePolicy::signedFromJson)
            .flatMap(policy ->
                policy
                    .body()
                    .miss(grades.get(), columns, grant.purpose(), grant.minimumGroup(), security));
    if (miss.isPresent()) {
      throw new Refusal(LedgerCodes.POLICY_GRADE, what + ": " + miss.get());
    }
  }
}
