package org.tidegate.ledger.contract;

import org.tidegate.ledger.records.JsonObject;

/** The contract's no: nothing is written. Answered as {@code {"code":...,"message":...}}. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code one of {@link org.tidegate.ledger.records.LedgerCodes}
   * @param message what was wrong, where, and what to do
   */
  public Refusal(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The error code. */
  public String code() {
    return code;
  }

  /** The text of the chaincode's error response. */
  public String toResponse() {
    return JsonObject.builder()
        .put("code", code)
        .put("message", String.valueOf(getMessage()))
        .build()
        .toString();
  }
}
