package org.tidegate.mpc.curve;

import java.util.Arrays;
import org.tidegate.mpc.lane.PrimeField;

/**
 * {@link GroupBatch} of P-256 and SM2 in lanes: decode or hash to the curve, multiply, encode.
 *
 * <p>A batch runs in chunks of {@value #GROUPS} groups of {@link PrimeField#lanes()} points, which
 * share two inversions: one makes all tables affine, one the results. Time depends on the number of
 * points only: neither on the scalar nor on the points, valid or not. Each call works in memory of
 * its own.
 */
public final class WeierstrassLanes implements GroupBatch {
  static final int ELEMENT_BYTES = 33;
  static final int UNIFORM_BYTES = 2 * SimplifiedSwu.BYTES;

  /** Groups of a chunk; their tables of 24 slots each fit L2. */
  private static final int GROUPS = 32;

  private final PrimeField field;
  private final WeierstrassCurve curve;

  /** On the curve over the field's prime. */
  public WeierstrassLanes(PrimeField field) {
    this.field = field;
    curve = WeierstrassCurve.over(field.prime());
  }

  @Override
  public Group group() {
    return curve == WeierstrassCurve.P256 ? Group.P256 : Group.SM2;
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code out} may be {@code in} at the same offset. Where an input is refused its output is
   * zero.
   *
   * @throws IllegalArgumentException if the scalar is not within 1 and the group's order less 1
   */
  @Override
  public int multiply(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    return new Run(field, curve, scalar, count)
        .run(in, inOffset, ELEMENT_BYTES, out, outOffset, count);
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code map} is {@code hash_to_curve} after {@code expand_message} [RFC 9380, 3 and 5.2].
   * Where its result is the identity, so is the output: zeros.
   *
   * @throws IllegalArgumentException if the scalar is not within 1 and the group's order less 1
   */
  @Override
  public void multiplyUniform(
      byte[] scalar, byte[] uniform, int offset, byte[] out, int outOffset, int count) {
    new Run(field, curve, scalar, count).run(uniform, offset, UNIFORM_BYTES, out, outOffset, count);
  }

  @Override
  public FixedBase fixedBase(byte[] encoded) {
    return new WeierstrassBase(field, curve, encoded);
  }

  /** One call's memory. */
  private static final class Run {
    private final PrimeField field;
    private final int lanes;
    private final int slot;
    private final int groups;
    private final OddDigits digits;
    private final PrimePowers powers;
    private final JacobianLanes jacobian;
    private final PointCodec codec;
    private final SimplifiedSwu swu;

    /** The tables of a chunk: all X and Y group by group, and apart from them all Z. */
    private final double[] tables;

    private final double[] products;
    private final double[] zs;
    private final double[] bits;
    private final boolean[] wrong;

    Run(PrimeField field, WeierstrassCurve curve, byte[] scalar, int count) {
      this.field = field;
      digits = new OddDigits(scalar, curve.order());
      lanes = field.lanes();
      slot = field.slot();
      groups = Math.max(1, Math.min(GROUPS, (count + lanes - 1) / lanes));
      powers = new PrimePowers(field);
      jacobian = new JacobianLanes(powers);
      codec = new PointCodec(powers, curve);
      swu = new SimplifiedSwu(powers);
      int table = JacobianLanes.TABLE * slot;
      tables = new double[groups * JacobianLanes.POINT * table];
      zs = new double[groups * table];
      products = new double[groups * table];
      bits = new double[lanes];
      wrong = new boolean[groups * lanes];
    }

    int run(byte[] in, int inOffset, int inBytes, byte[] out, int outOffset, int count) {
      int firstWrong = -1;
      for (int start = 0; start < count; start += groups * lanes) {
        int chunk = Math.min(groups * lanes, count - start);
        int used = (chunk + lanes - 1) / lanes;
        Arrays.fill(wrong, false);
        for (int g = 0; g < used; g++) {
          int size = Math.min(lanes, chunk - g * lanes);
          int from = inOffset + (start + g * lanes) * inBytes;
          if (read(in, from, inBytes, size, g) && firstWrong < 0) {
            firstWrong = start + g * lanes;
            while (!wrong[firstWrong - start]) {
              firstWrong++;
            }
          }
        }
        makeAffine(used);
        multiply(used);
        write(out, outOffset + start * ELEMENT_BYTES, chunk, used);
      }
      return firstWrong;
    }

    /** Reads one group and makes its table; tells whether one of it is wrong. */
    private boolean read(byte[] in, int from, int inBytes, int size, int g) {
      double[] p = new double[2 * JacobianLanes.POINT * slot];
      if (inBytes == ELEMENT_BYTES) {
        codec.decode(p, 0, bits, in, from, size);
      } else {
        int second = JacobianLanes.POINT * slot;
        swu.map(p, 0, in, from, UNIFORM_BYTES, size);
        swu.map(p, second, in, from + SimplifiedSwu.BYTES, UNIFORM_BYTES, size);
        jacobian.addComplete(p, 0, p, 0, p, second);
        jacobian.toJacobian(p, 0);
        powers.limbs.zero(bits, p, 2 * slot);
      }
      // Where there is no point, the generator takes its place and the result is thrown away.
      codec.selectGenerator(p, 0, bits);
      jacobian.oddMultiples(tables, g * JacobianLanes.POINT * JacobianLanes.TABLE * slot, p, 0);
      boolean any = false;
      for (int lane = 0; lane < size; lane++) {
        wrong[g * lanes + lane] = bits[lane] != 0;
        any |= wrong[g * lanes + lane];
      }
      return any;
    }

    private void makeAffine(int used) {
      int part = JacobianLanes.TABLE * slot;
      int table = JacobianLanes.POINT * part;
      for (int g = 0; g < used; g++) {
        System.arraycopy(tables, g * table + 2 * part, zs, g * part, part);
      }
      powers.invertAll(zs, used * JacobianLanes.TABLE, products);
      for (int g = 0; g < used; g++) {
        System.arraycopy(zs, g * part, tables, g * table + 2 * part, part);
        jacobian.makeAffine(tables, g * table);
      }
    }

    /** Leaves the results, homogeneous, where the tables began, and 1/Z in zs. */
    private void multiply(int used) {
      int table = JacobianLanes.POINT * JacobianLanes.TABLE * slot;
      double[] r = new double[JacobianLanes.POINT * slot];
      Arrays.fill(bits, digits.negated);
      for (int g = 0; g < used; g++) {
        jacobian.multiply(r, 0, tables, g * table, digits.digits);
        powers.negateWhere(r, slot, r, slot, bits);
        System.arraycopy(r, 0, tables, g * table, 2 * slot);
        System.arraycopy(r, 2 * slot, zs, g * slot, slot);
      }
      powers.invertAll(zs, used, products);
    }

    private void write(byte[] out, int outOffset, int chunk, int used) {
      int table = JacobianLanes.POINT * JacobianLanes.TABLE * slot;
      for (int g = 0; g < used; g++) {
        int size = Math.min(lanes, chunk - g * lanes);
        int at = outOffset + g * lanes * ELEMENT_BYTES;
        field.multiply(tables, g * table, tables, g * table, zs, g * slot);
        field.multiply(tables, g * table + slot, tables, g * table + slot, zs, g * slot);
        codec.encode(out, at, tables, g * table, size);
      }
      for (int i = 0; i < chunk; i++) {
        if (wrong[i]) {
          int at = outOffset + i * ELEMENT_BYTES;
          Arrays.fill(out, at, at + ELEMENT_BYTES, (byte) 0);
        }
      }
    }
  }
}
