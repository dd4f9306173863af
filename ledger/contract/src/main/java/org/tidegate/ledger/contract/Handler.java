package org.tidegate.ledger.contract;

import org.tidegate.ledger.records.JsonObject;

/** One function of the contract. */
@FunctionalInterface
interface Handler {
  /**
   * Runs the function.
   *
   * @param call the transaction: state, caller, time
   * @param arguments the function's arguments
   * @return the answer
   * @throws Refusal when the rules do not allow it
   */
  JsonObject handle(Call call, JsonObject arguments);
}
