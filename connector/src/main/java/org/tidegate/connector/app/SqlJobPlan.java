package org.tidegate.connector.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.job.JobPlan;
import org.tidegate.connector.job.ProductRef;
import org.tidegate.connector.policy.DataNeed;
import org.tidegate.connector.sql.plan.Explain;
import org.tidegate.connector.sql.plan.Fragment;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Operation;

/**
 * The planner's plan, as jobs see it.
 *
 * @param plan the plan
 * @param products the versions it was made for
 * @param needs what it does with each
 */
record SqlJobPlan(Plan plan, List<ProductRef> products, List<DataNeed> needs) implements JobPlan {
  static SqlJobPlan of(Plan plan, Catalog catalog) {
    List<ProductRef> refs = new ArrayList<>();
    List<DataNeed> needs = new ArrayList<>();
    for (Fragment fragment : plan.fragments()) {
      Product product = catalog.find(fragment.owner(), fragment.product()).orElseThrow();
      refs.add(
          new ProductRef(product.owner(), product.name(), product.version(), product.digest()));
      needs.add(need(fragment, product));
    }
    return new SqlJobPlan(plan, List.copyOf(refs), List.copyOf(needs));
  }

  private static DataNeed need(Fragment fragment, Product product) {
    List<String> joined =
        fragment.uses().columns().entrySet().stream()
            .filter(use -> use.getValue().contains(Operation.JOIN))
            .map(Map.Entry::getKey)
            .toList();
    return new DataNeed(
        fragment.owner(),
        fragment.product(),
        fragment.productDigest(),
        fragment.uses(),
        product.countsSubjects(joined) ? List.of() : product.subject());
  }

  @Override
  public Digest digest() {
    return plan.digest();
  }

  @Override
  public String json() {
    return CanonicalJson.encodeText(plan.toJson());
  }

  @Override
  public List<String> participants() {
    return plan.fragments().stream().map(Fragment::owner).distinct().sorted().toList();
  }

  @Override
  public String recipient() {
    return plan.recipient();
  }

  @Override
  public JsonObject numbers() {
    return plan.numbers().toJson();
  }

  @Override
  public String security() {
    return plan.security();
  }

  @Override
  public Digest parametersDigest() {
    return plan.parametersDigest();
  }

  @Override
  public String role(String participant) {
    return plan.role(participant);
  }

  @Override
  public JsonObject summary() {
    return Explain.of(plan).summary();
  }

  @Override
  public JsonObject explanation() {
    return Explain.of(plan).toJson();
  }
}
