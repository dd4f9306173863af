package org.tidegate.mpc.security;

/** Against whom a run is secure. */
public enum Adversary {
  /** One party follows the protocol and is curious. */
  SEMI_HONEST("semi-honest"),

  /** One party does what it likes. */
  MALICIOUS("malicious");

  private final String text;

  Adversary(String text) {
    this.text = text;
  }

  /** As plans and receipts say it. */
  public String text() {
    return text;
  }
}
