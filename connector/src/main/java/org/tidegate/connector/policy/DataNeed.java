package org.tidegate.connector.policy;

import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;

/**
 * What a plan does with one product.
 *
 * @param owner the participant whose product it is
 * @param product the product's name
 * @param productDigest digest of the version the plan was made for
 * @param columns columns × operations
 */
public record DataNeed(String owner, String product, Digest productDigest, ColumnUses columns) {
  @Override
  public String toString() {
    return owner + "." + product;
  }
}
