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

  /** Base transfers and all else of a linear evaluation that does not grow with its size. */
  static final double SETUP_MILLIS = 60;

  private static final double SLOTS_PER_SECOND = 9_000_000;
  private static final double KEYS_PER_SECOND = 4_000_000;

  private ReferenceMachine() {}

  /** One vector's element through code and store. */
  static double slotMillis() {
    return 1000 / SLOTS_PER_SECOND;
  }

  /** A key through token, store and outer hash. */
  static double keyMillis() {
    return 1000 / KEYS_PER_SECOND;
  }

  static double elementMillis() {
    return 1000 / ELEMENTS_PER_SECOND;
  }
}
