package org.tidegate.mpc.vole;

/** What both parties' trees have in common. */
final class Trees {
  /** The use of the transfers; the first instance chooses paths, the second holds values. */
  static final String USE = "vole";

  static final int PATHS = 0;
  static final int VALUES = 1;

  /** Trees of one piece of work. */
  static final int PIECE = 8;

  private Trees() {}
}
