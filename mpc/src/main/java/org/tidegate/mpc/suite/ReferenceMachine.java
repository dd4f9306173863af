package org.tidegate.mpc.suite;

/**
 * What operations take on one core with 512-bit vectors, on the machine of {@code
 * docs/performance.md}. Estimates use these and no local measurement, so that all parties get the
 * same.
 */
final class ReferenceMachine {
  static final double ELEMENTS_PER_SECOND = 80_000;
  static final double ENCRYPT_MILLIS = 0.35;
  static final double PRODUCT_MILLIS = 0.006;
  static final double KEY_MILLIS = 600;

  private ReferenceMachine() {}

  static double elementMillis() {
    return 1000 / ELEMENTS_PER_SECOND;
  }
}
