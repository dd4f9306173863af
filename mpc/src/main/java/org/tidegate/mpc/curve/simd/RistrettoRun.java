package org.tidegate.mpc.curve.simd;

import java.util.Arrays;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * Decodes or maps elements of Ristretto255 group by group, lets a subclass work on the points, and
 * encodes their doubles. One call's memory: one thread.
 */
abstract class RistrettoRun {
  /** Groups that share one inversion; their state of 8 slots each fits L2. */
  private static final int GROUPS = 64;

  final Field25519 field;
  final int slot;
  final Powers25519 powers;
  final EdwardsLanes edwards;
  private final RistrettoMap map;
  private final RistrettoEncoder encoder;
  private final double[] points;
  private final double[] valid;

  RistrettoRun(Field25519 field) {
    this.field = field;
    slot = field.slot();
    powers = new Powers25519(field);
    edwards = new EdwardsLanes(powers);
    map = new RistrettoMap(powers);
    encoder = new RistrettoEncoder(powers, GROUPS);
    points = new double[2 * EdwardsLanes.POINT * slot];
    valid = new double[field.lanes()];
  }

  /**
   * Puts in place of a group of points those whose doubles are the results.
   *
   * @param first the index of the first one
   * @param count how many lanes are in use
   */
  abstract void work(double[] points, int first, int count);

  /**
   * All elements.
   *
   * @param inBytes of an input: {@link RistrettoBatch#ELEMENT_BYTES} to decode, {@link
   *     RistrettoBatch#UNIFORM_BYTES} to map
   * @return −1, or the index of the first invalid input; outputs of invalid ones are zero
   */
  final int run(byte[] in, int inOffset, int inBytes, byte[] out, int outOffset, int count) {
    int lanes = field.lanes();
    int element = RistrettoBatch.ELEMENT_BYTES;
    int firstInvalid = -1;
    boolean[] wrong = new boolean[GROUPS * lanes];
    for (int start = 0; start < count; start += GROUPS * lanes) {
      int chunk = Math.min(GROUPS * lanes, count - start);
      Arrays.fill(wrong, false);
      encoder.reset();
      for (int i = 0; i < chunk; i += lanes) {
        int group = Math.min(lanes, chunk - i);
        read(in, inOffset + (start + i) * inBytes, inBytes, group);
        for (int lane = 0; lane < group; lane++) {
          if (valid[lane] == 0) {
            wrong[i + lane] = true;
            firstInvalid = firstInvalid < 0 ? start + i + lane : firstInvalid;
          }
        }
        work(points, start + i, group);
        encoder.push(points, 0);
      }
      encoder.encodeDoubled(out, outOffset + start * element, chunk);
      for (int i = 0; i < chunk; i++) {
        if (wrong[i]) {
          int at = outOffset + (start + i) * element;
          Arrays.fill(out, at, at + element, (byte) 0);
        }
      }
    }
    return firstInvalid;
  }

  private void read(byte[] in, int from, int inBytes, int group) {
    if (inBytes == RistrettoBatch.ELEMENT_BYTES) {
      map.decode(points, 0, valid, in, from, group);
    } else {
      int second = EdwardsLanes.POINT * slot;
      map.elligator(points, 0, in, from, inBytes, group);
      map.elligator(points, second, in, from + inBytes / 2, inBytes, group);
      edwards.add(points, 0, points, 0, points, second);
      Arrays.fill(valid, 1);
    }
  }
}
