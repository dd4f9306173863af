package org.tidegate.mpc.lane.simd;

import jdk.incubator.vector.VectorShape;

/** What the hardware's vectors hold. */
public final class VectorWidth {
  private VectorWidth() {}

  /** Bits of the widest vector that this JVM compiles to hardware. */
  public static int bits() {
    return VectorShape.preferredShape().vectorBitSize();
  }
}
