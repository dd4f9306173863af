package org.tidegate.mpc.curve.simd;

import org.tidegate.mpc.curve.FixedBase;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * {@link RistrettoBatch} in vector lanes: decode or map, multiply, encode.
 *
 * <p>A batch runs in chunks of groups of {@link Field25519#lanes()} points. Time depends on the
 * number of points only: neither on the scalar nor on the points, valid or not. Each call works in
 * memory of its own.
 */
public final class RistrettoLanes implements RistrettoBatch {
  private final Field25519 field;

  /** Runs on the given lanes. */
  public RistrettoLanes(Field25519 field) {
    this.field = field;
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code out} may be {@code in} at the same offset. Where an input is refused its output is
   * zero.
   *
   * @throws IllegalArgumentException if the scalar is not below the group's order
   */
  @Override
  public int multiply(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    return new Run(field, scalar).run(in, inOffset, ELEMENT_BYTES, out, outOffset, count);
  }

  @Override
  public void multiplyUniform(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    int invalid = new Run(field, scalar).run(in, inOffset, UNIFORM_BYTES, out, outOffset, count);
    assert invalid < 0;
  }

  @Override
  public FixedBase fixedBase(byte[] encoded) {
    return new RistrettoBase(field, encoded);
  }

  /** Multiplies by one scalar. */
  private static final class Run extends RistrettoRun {
    private final byte[] digits;

    Run(Field25519 field, byte[] scalar) {
      super(field);
      if (scalar.length != 32 || !SignedDigits.isReduced(scalar)) {
        throw new IllegalArgumentException("the scalar is not below the order of ristretto255");
      }
      // Half the scalar, since the encoder doubles.
      digits = SignedDigits.of(SignedDigits.half(scalar));
    }

    @Override
    void work(double[] points, int first, int count) {
      edwards.multiply(points, 0, points, 0, digits);
    }
  }
}
