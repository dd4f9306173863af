package org.tidegate.mpc.curve;

import java.util.Arrays;
import org.tidegate.mpc.lane.PrimeField;

/** {@link FixedBase} of P-256 and SM2 in lanes: 64 additions of points from 64 tables. */
final class WeierstrassBase implements FixedBase {
  /** Groups that share an inversion. */
  private static final int GROUPS = 32;

  private static final int ELEMENT = WeierstrassLanes.ELEMENT_BYTES;
  private static final int UNIFORM = WeierstrassLanes.UNIFORM_BYTES;

  private final PrimeField field;
  private final WeierstrassCurve curve;
  private final long[] order;
  private final double[] tables = new double[OddDigits.COUNT * JacobianLanes.EACH];

  /**
   * Tabulates.
   *
   * @throws IllegalArgumentException if the 33 bytes are no canonical encoding of a point
   */
  WeierstrassBase(PrimeField field, WeierstrassCurve curve, byte[] encoded) {
    this.field = field;
    this.curve = curve;
    order = OddDigits.words(curve.order());
    PrimePowers powers = new PrimePowers(field);
    JacobianLanes jacobian = new JacobianLanes(powers);
    int part = JacobianLanes.TABLE * field.slot();
    double[] p = new double[JacobianLanes.POINT * field.slot()];
    double[] wrong = new double[field.lanes()];
    if (encoded.length == ELEMENT) {
      PointCodec codec = new PointCodec(powers, curve);
      codec.decode(p, 0, wrong, encoded, 0, 1);
      // The other lanes are not used; a point in them keeps the inversions defined.
      codec.selectGenerator(p, 0, wrong);
    }
    if (encoded.length != ELEMENT || wrong[0] != 0) {
      throw new IllegalArgumentException("the bytes encode no element, or the identity");
    }
    double[] multiples = new double[JacobianLanes.POINT * part];
    double[] zs = new double[part];
    double[] products = new double[part];
    for (int i = 0; i < OddDigits.COUNT; i++) {
      jacobian.oddMultiples(multiples, 0, p, 0);
      System.arraycopy(multiples, 2 * part, zs, 0, part);
      powers.invertAll(zs, JacobianLanes.TABLE, products);
      System.arraycopy(zs, 0, multiples, 2 * part, part);
      jacobian.makeAffine(multiples, 0);
      jacobian.limbsOfFirst(tables, i, multiples);
      for (int k = 0; k < 4; k++) {
        jacobian.twice(p, 0, p, 0);
      }
    }
  }

  @Override
  public void blind(
      byte[] scalars,
      int scalarOffset,
      byte[] uniform,
      int offset,
      byte[] out,
      int outOffset,
      int count) {
    new Run(scalars, scalarOffset, true, count).run(uniform, offset, out, outOffset, count);
  }

  @Override
  public int unblind(
      byte[] scalars,
      int scalarOffset,
      byte[] in,
      int inOffset,
      byte[] out,
      int outOffset,
      int count) {
    return new Run(scalars, scalarOffset, false, count).run(in, inOffset, out, outOffset, count);
  }

  /** One call's memory. */
  private final class Run {
    private final byte[] scalars;
    private final int scalarOffset;
    private final boolean adds;
    private final int lanes = field.lanes();
    private final int slot = field.slot();
    private final int groups;
    private final PrimePowers powers = new PrimePowers(field);
    private final JacobianLanes jacobian = new JacobianLanes(powers);
    private final PointCodec codec = new PointCodec(powers, curve);
    private final SimplifiedSwu swu = new SimplifiedSwu(powers);
    private final byte[] digits = new byte[OddDigits.COUNT];
    private final double[] index;
    private final double[] negative;
    private final double[] bits;
    private final double[] multiple;
    private final double[] points;
    private final double[] zs;
    private final double[] products;

    Run(byte[] scalars, int scalarOffset, boolean adds, int count) {
      this.scalars = scalars;
      this.scalarOffset = scalarOffset;
      this.adds = adds;
      groups = Math.max(1, Math.min(GROUPS, (count + lanes - 1) / lanes));
      index = new double[OddDigits.COUNT * lanes];
      negative = new double[OddDigits.COUNT * lanes];
      bits = new double[lanes];
      multiple = new double[JacobianLanes.POINT * slot];
      points = new double[groups * 2 * JacobianLanes.POINT * slot];
      zs = new double[groups * slot];
      products = new double[groups * slot];
    }

    int run(byte[] in, int inOffset, byte[] out, int outOffset, int count) {
      int firstWrong = -1;
      int inBytes = adds ? UNIFORM : ELEMENT;
      int point = 2 * JacobianLanes.POINT * slot;
      for (int start = 0; start < count; start += groups * lanes) {
        int chunk = Math.min(groups * lanes, count - start);
        int used = (chunk + lanes - 1) / lanes;
        for (int g = 0; g < used; g++) {
          int first = start + g * lanes;
          int size = Math.min(lanes, count - first);
          int wrong = read(in, inOffset + first * inBytes, size, g * point);
          if (wrong >= 0 && firstWrong < 0) {
            firstWrong = first + wrong;
          }
          for (int lane = 0; lane < size; lane++) {
            spread(scalarOffset + (first + lane) * Group.SCALAR_BYTES, lane);
          }
          jacobian.multiplyEach(multiple, 0, tables, index, negative, powers);
          jacobian.addComplete(points, g * point, points, g * point, multiple, 0);
          System.arraycopy(points, g * point + 2 * slot, zs, g * slot, slot);
        }
        powers.invertAll(zs, used, products);
        for (int g = 0; g < used; g++) {
          int size = Math.min(lanes, chunk - g * lanes);
          int at = g * point;
          field.multiply(points, at, points, at, zs, g * slot);
          field.multiply(points, at + slot, points, at + slot, zs, g * slot);
          codec.encode(out, outOffset + (start + g * lanes) * ELEMENT, points, at, size);
        }
      }
      clear();
      return firstWrong;
    }

    /** Reads a group of points, homogeneous; −1, or the first lane that holds none. */
    private int read(byte[] in, int from, int size, int at) {
      if (adds) {
        int second = at + JacobianLanes.POINT * slot;
        swu.map(points, at, in, from, UNIFORM, size);
        swu.map(points, second, in, from + SimplifiedSwu.BYTES, UNIFORM, size);
        jacobian.addComplete(points, at, points, at, points, second);
        return -1;
      }
      codec.decode(points, at, bits, in, from, size);
      codec.selectGenerator(points, at, bits);
      jacobian.toHomogeneous(points, at);
      for (int lane = 0; lane < size; lane++) {
        if (bits[lane] != 0) {
          return lane;
        }
      }
      return -1;
    }

    private void spread(int at, int lane) {
      int negated = OddDigits.recode(digits, scalars, at, order);
      int flip = adds ? negated : 1 - negated;
      for (int i = 0; i < OddDigits.COUNT; i++) {
        int sign = digits[i] >>> 31;
        index[i * lanes + lane] = (digits[i] ^ -sign) + sign >> 1;
        negative[i * lanes + lane] = sign ^ flip;
      }
    }

    /** Forgets the last scalars. */
    private void clear() {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(index, 0);
      Arrays.fill(negative, 0);
      Arrays.fill(multiple, 0);
    }
  }
}
