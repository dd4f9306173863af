package org.tidegate.mpc.curve.simd;

import java.util.Arrays;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * {@link RistrettoBatch} in vector lanes: decode or map, multiply, encode.
 *
 * <p>A batch runs in chunks of {@value #GROUPS} groups of {@link Field25519#lanes()} points. Time
 * depends on the number of points only: neither on the scalar nor on the points, valid or not. Each
 * call works in memory of its own.
 */
public final class RistrettoLanes implements RistrettoBatch {
  /** Groups that share one inversion; their state of 8 slots each fits L2. */
  private static final int GROUPS = 64;

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

  /** One call's memory. */
  private static final class Run {
    private final Field25519 field;
    private final int slot;
    private final byte[] digits;
    private final Powers25519 powers;
    private final EdwardsLanes edwards;
    private final RistrettoMap map;
    private final RistrettoEncoder encoder;
    private final double[] points;
    private final double[] valid;

    Run(Field25519 field, byte[] scalar) {
      if (scalar.length != 32 || !SignedDigits.isReduced(scalar)) {
        throw new IllegalArgumentException("the scalar is not below the order of ristretto255");
      }
      this.field = field;
      slot = field.slot();
      // Half the scalar, since the encoder doubles.
      digits = SignedDigits.of(SignedDigits.half(scalar));
      powers = new Powers25519(field);
      edwards = new EdwardsLanes(powers);
      map = new RistrettoMap(powers);
      encoder = new RistrettoEncoder(powers, GROUPS);
      points = new double[2 * EdwardsLanes.POINT * slot];
      valid = new double[field.lanes()];
    }

    int run(byte[] in, int inOffset, int inBytes, byte[] out, int outOffset, int count) {
      int lanes = field.lanes();
      int firstInvalid = -1;
      boolean[] wrong = new boolean[GROUPS * lanes];
      for (int start = 0; start < count; start += GROUPS * lanes) {
        int chunk = Math.min(GROUPS * lanes, count - start);
        Arrays.fill(wrong, false);
        encoder.reset();
        for (int i = 0; i < chunk; i += lanes) {
          int group = Math.min(lanes, chunk - i);
          int from = inOffset + (start + i) * inBytes;
          if (inBytes == ELEMENT_BYTES) {
            map.decode(points, 0, valid, in, from, group);
          } else {
            int second = EdwardsLanes.POINT * slot;
            map.elligator(points, 0, in, from, UNIFORM_BYTES, group);
            map.elligator(points, second, in, from + 32, UNIFORM_BYTES, group);
            edwards.add(points, 0, points, 0, points, second);
            Arrays.fill(valid, 1);
          }
          for (int lane = 0; lane < group; lane++) {
            if (valid[lane] == 0) {
              wrong[i + lane] = true;
              firstInvalid = firstInvalid < 0 ? start + i + lane : firstInvalid;
            }
          }
          edwards.multiply(points, 0, points, 0, digits);
          encoder.push(points, 0);
        }
        encoder.encodeDoubled(out, outOffset + start * ELEMENT_BYTES, chunk);
        for (int i = 0; i < chunk; i++) {
          if (wrong[i]) {
            int at = outOffset + (start + i) * ELEMENT_BYTES;
            Arrays.fill(out, at, at + ELEMENT_BYTES, (byte) 0);
          }
        }
      }
      return firstInvalid;
    }
  }
}
