package org.tidegate.mpc.curve.simd;

import java.util.Arrays;
import org.tidegate.mpc.lane.Field25519;

/**
 * Ristretto255 (RFC 9496) for batches under one scalar: decode or map, multiply, encode.
 *
 * <p>A batch runs in chunks of {@value #GROUPS} groups of {@link Field25519#lanes()} points. Time
 * depends on the number of points only: neither on the scalar nor on the points, valid or not. Each
 * call works in memory of its own, so an instance may be shared by threads.
 */
public final class RistrettoLanes {
  /** Bytes of an encoded element, and of a scalar. */
  public static final int ENCODED_BYTES = 32;

  /** Bytes that the one-way map takes. */
  public static final int UNIFORM_BYTES = 64;

  /** Groups that share one inversion; their state of 8 slots each fits L2. */
  private static final int GROUPS = 64;

  private final Field25519 field;

  /** Runs on the given lanes. */
  public RistrettoLanes(Field25519 field) {
    this.field = field;
  }

  /**
   * out[i] = encode(scalar · decode(in[i])).
   *
   * @param scalar 32 bytes, little-endian, below the group's order
   * @param in {@code count} encodings of 32 bytes from {@code inOffset}
   * @param out receives as many; may be {@code in} at the same offset. Zero where the encoding is
   *     refused
   * @return the first index whose encoding is invalid or the identity's, or −1
   * @throws IllegalArgumentException if the scalar is not reduced
   */
  public int multiply(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    return new Run(field, scalar).run(in, inOffset, ENCODED_BYTES, out, outOffset, count);
  }

  /**
   * out[i] = encode(scalar · map(in[i])), with the one-way map of RFC 9496, 4.3.4.
   *
   * @param scalar 32 bytes, little-endian, below the group's order
   * @param in {@code count} strings of 64 uniform bytes from {@code inOffset}
   * @param out receives {@code count} encodings of 32 bytes
   * @throws IllegalArgumentException if the scalar is not reduced
   */
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
          if (inBytes == ENCODED_BYTES) {
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
        encoder.encodeDoubled(out, outOffset + start * ENCODED_BYTES, chunk);
        for (int i = 0; i < chunk; i++) {
          if (wrong[i]) {
            int at = outOffset + (start + i) * ENCODED_BYTES;
            Arrays.fill(out, at, at + ENCODED_BYTES, (byte) 0);
          }
        }
      }
      return firstInvalid;
    }
  }
}
