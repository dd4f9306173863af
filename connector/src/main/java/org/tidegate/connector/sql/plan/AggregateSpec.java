package org.tidegate.connector.sql.plan;

import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;

/**
 * How one aggregate comes out of the protocol's numbers.
 *
 * @param kind which
 * @param leg the run that its numbers come from
 * @param sumSlot the slot of its sum, or −1
 * @param countSlot the slot of its count, or −1 for the number of matches
 * @param scale decimal digits of the sum
 * @param isDouble whether the sum counts units of 2^−1074
 * @param type DuckDB's type of the aggregate
 */
public record AggregateSpec(
    Aggregate.Kind kind,
    int leg,
    int sumSlot,
    int countSlot,
    int scale,
    boolean isDouble,
    String type)
    implements CanonicalRecord {
  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("kind", kind.name())
        .put("leg", leg)
        .put("sumSlot", sumSlot)
        .put("countSlot", countSlot)
        .put("scale", scale)
        .put("double", isDouble)
        .put("type", type)
        .build();
  }
}
