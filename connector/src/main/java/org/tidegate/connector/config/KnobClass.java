package org.tidegate.connector.config;

/** Who may choose a knob's value. */
public enum KnobClass {
  /** This node alone; peers never see it. */
  LOCAL("local"),
  /** Stands in every proposal of this node; peers check it before they accept. */
  AGREED("agreed"),
  /** As agreed, and never below its floor, whoever asks. */
  SECURITY("security");

  private final String text;

  KnobClass(String text) {
    this.text = text;
  }

  /** The word in the file's comments. */
  public String text() {
    return text;
  }
}
