package org.tidegate.mpc.curve.simd;

import java.util.Arrays;
import org.tidegate.mpc.curve.FixedBase;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * {@link FixedBase} of Ristretto255 in vector lanes: 64 additions of affine points from 64 tables
 * of {0, …, 8}·16^i·B.
 */
final class RistrettoBase implements FixedBase {
  private static final int SLOTS = 3;
  private static final int ENTRY = SLOTS * Field25519.LIMBS;
  private static final int WINDOW = Field25519.ENTRIES * ENTRY;
  private static final int SCALAR = 32;

  private final Field25519 field;
  private final double[] tables = new double[SignedDigits.COUNT * WINDOW];

  /**
   * Tabulates.
   *
   * @throws IllegalArgumentException if the 32 bytes are no canonical encoding of an element other
   *     than the identity
   */
  RistrettoBase(Field25519 field, byte[] encoded) {
    this.field = field;
    int slot = field.slot();
    int point = EdwardsLanes.POINT * slot;
    Powers25519 powers = new Powers25519(field);
    EdwardsLanes edwards = new EdwardsLanes(powers);
    double[] p = new double[2 * point];
    double[] valid = new double[field.lanes()];
    if (encoded.length == RistrettoBatch.ELEMENT_BYTES) {
      new RistrettoMap(powers).decode(p, 0, valid, encoded, 0, 1);
    }
    if (valid[0] == 0) {
      throw new IllegalArgumentException("the bytes encode no element, or the identity");
    }
    for (int i = 0; i < SignedDigits.COUNT; i++) {
      int window = i * WINDOW;
      tables[window] = 1;
      tables[window + Field25519.LIMBS] = 1;
      System.arraycopy(p, 0, p, point, point);
      for (int j = 1; j < Field25519.ENTRIES; j++) {
        if (j > 1) {
          edwards.add(p, point, p, point, p, 0);
        }
        edwards.affineOfFirst(tables, window + j * ENTRY, p, point);
      }
      edwards.twice(p, 0, p, point, true); // 16 = 2·8
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
    Run run = new Run(scalars, scalarOffset, true);
    int invalid = run.run(uniform, offset, RistrettoBatch.UNIFORM_BYTES, out, outOffset, count);
    run.clear();
    assert invalid < 0;
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
    Run run = new Run(scalars, scalarOffset, false);
    int invalid = run.run(in, inOffset, RistrettoBatch.ELEMENT_BYTES, out, outOffset, count);
    run.clear();
    return invalid;
  }

  /** Adds half the multiple, which the encoder doubles, or subtracts the whole one. */
  private final class Run extends RistrettoRun {
    private final byte[] scalars;
    private final int offset;
    private final boolean adds;
    private final byte[] halved = new byte[SCALAR];
    private final byte[] digits = new byte[SignedDigits.COUNT];

    /** Digit i of all lanes begins at i · lanes. */
    private final double[] magnitudes;

    private final double[] signs;
    private final double[] index;
    private final double[] sign;
    private final double[] chosen;

    Run(byte[] scalars, int offset, boolean adds) {
      super(RistrettoBase.this.field);
      this.scalars = scalars;
      this.offset = offset;
      this.adds = adds;
      int lanes = field.lanes();
      magnitudes = new double[SignedDigits.COUNT * lanes];
      signs = new double[SignedDigits.COUNT * lanes];
      index = new double[lanes];
      sign = new double[lanes];
      chosen = new double[SLOTS * slot];
    }

    @Override
    void work(double[] points, int first, int count) {
      int lanes = field.lanes();
      for (int lane = 0; lane < count; lane++) {
        spread(offset + (first + lane) * SCALAR, lane);
      }
      for (int i = 0; i < SignedDigits.COUNT; i++) {
        System.arraycopy(magnitudes, i * lanes, index, 0, lanes);
        System.arraycopy(signs, i * lanes, sign, 0, lanes);
        field.lookUpEach(chosen, 0, tables, i * WINDOW, SLOTS, index);
        field.swap(chosen, 0, chosen, slot, sign);
        powers.negateWhere(chosen, 2 * slot, chosen, 2 * slot, sign);
        edwards.addAffine(points, 0, points, 0, chosen, 0, true);
      }
    }

    private void spread(int at, int lane) {
      if (!SignedDigits.isReduced(scalars, at)) {
        throw new IllegalArgumentException("a scalar is not below the order of ristretto255");
      }
      if (adds) {
        SignedDigits.half(halved, scalars, at);
        SignedDigits.recode(digits, halved, 0);
      } else {
        SignedDigits.recode(digits, scalars, at);
      }
      int lanes = field.lanes();
      for (int i = 0; i < SignedDigits.COUNT; i++) {
        int negative = digits[i] >>> 31;
        magnitudes[i * lanes + lane] = (digits[i] ^ -negative) + negative;
        signs[i * lanes + lane] = adds ? negative : 1 - negative;
      }
    }

    /** Forgets the last scalars. */
    void clear() {
      Arrays.fill(halved, (byte) 0);
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(magnitudes, 0);
      Arrays.fill(signs, 0);
      Arrays.fill(index, 0);
      Arrays.fill(sign, 0);
      Arrays.fill(chosen, 0);
    }
  }
}
