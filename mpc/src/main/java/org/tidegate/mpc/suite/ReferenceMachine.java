package org.tidegate.mpc.suite;

/**
 * What operations take on one core of the machine that {@code mpc/README.md} describes, with the
 * scalar kernels. Estimates use these and no local measurement, so that all parties get the same.
 */
final class ReferenceMachine {
  static final double ELEMENTS_PER_SECOND = 12_000;
  static final double ENCRYPT_MILLIS = 1.5;
  static final double PRODUCT_MILLIS = 0.03;
  static final double KEY_MILLIS = 900;

  private ReferenceMachine() {}

  static double elementMillis() {
    return 1000 / ELEMENTS_PER_SECOND;
  }
}
