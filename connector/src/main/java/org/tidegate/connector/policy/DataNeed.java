package org.tidegate.connector.policy;

import java.util.List;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Operation;

/**
 * What a plan does with one product.
 *
 * @param owner the participant whose product it is
 * @param product the product's name
 * @param productDigest digest of the version the plan was made for
 * @param columns columns × operations
 * @param subjectMissed the columns that name the product's data subject, if a subject may have
 *     several of the keys joined on, so that matches are more than subjects; else empty
 */
public record DataNeed(
    String owner,
    String product,
    Digest productDigest,
    ColumnUses columns,
    List<String> subjectMissed) {
  /** Copies the list. */
  public DataNeed {
    subjectMissed = List.copyOf(subjectMissed);
  }

  /** Whether the recipient learns which single rows have a key of this product. */
  boolean matchesRows() {
    return columns.columns().values().stream()
        .anyMatch(operations -> operations.contains(Operation.MATCH));
  }

  @Override
  public String toString() {
    return owner + "." + product;
  }
}
