package org.tidegate.mpc.curve;

import java.util.Arrays;
import org.tidegate.mpc.field.Scalars;

/** {@link FixedBase} of Ristretto255 in 64-bit integer arithmetic: the reference for the lanes. */
final class ScalarRistrettoBase implements FixedBase {
  private static final int CHUNK = 128;
  private static final int ELEMENT = RistrettoBatch.ELEMENT_BYTES;

  private final FixedElement base;

  ScalarRistrettoBase(FixedElement base) {
    this.base = base;
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
    Run run = new Run(count);
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      for (int i = 0; i < size; i++) {
        int at = offset + (from + i) * RistrettoBatch.UNIFORM_BYTES;
        run.ristretto.map(run.points, i * Edwards.POINT, uniform, at, run.edwards);
        byte[] s = scalar(scalars, scalarOffset + (from + i) * Scalars.BYTES);
        // Half the scalar, since the encoder doubles.
        run.add(i, Scalars.half(s), false);
        Arrays.fill(s, (byte) 0);
      }
      run.ristretto.encodeTwice(out, outOffset + from * ELEMENT, run.points, size, run.work);
    }
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
    Run run = new Run(count);
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      for (int i = 0; i < size; i++) {
        int at = inOffset + (from + i) * ELEMENT;
        if (run.ristretto.decodeNonIdentity(run.points, i * Edwards.POINT, in, at) == 0) {
          return from + i;
        }
        byte[] s = scalar(scalars, scalarOffset + (from + i) * Scalars.BYTES);
        run.add(i, s, true);
        Arrays.fill(s, (byte) 0);
      }
      run.ristretto.encodeTwice(out, outOffset + from * ELEMENT, run.points, size, run.work);
    }
    return -1;
  }

  private static byte[] scalar(byte[] scalars, int at) {
    byte[] s = Arrays.copyOfRange(scalars, at, at + Scalars.BYTES);
    if (!Scalars.isCanonical(s)) {
      throw new IllegalArgumentException("a scalar is not below the order of ristretto255");
    }
    return s;
  }

  /** The scratch space of one call. */
  private final class Run {
    private final Edwards edwards = new Edwards();
    private final Ristretto ristretto = new Ristretto();
    private final long[] points;
    private final long[] work;
    private final long[] multiple = new long[Edwards.POINT];
    private final long[] cached = new long[Edwards.POINT];

    Run(int count) {
      int chunk = Math.min(CHUNK, count);
      points = new long[chunk * Edwards.POINT];
      work = new long[Ristretto.encodeScratch(chunk)];
    }

    /** Adds s·B to a point, or subtracts it. */
    void add(int i, byte[] s, boolean subtract) {
      edwards.recode(s);
      edwards.multiplyTabulated(multiple, 0, base.tables());
      if (subtract) {
        Edwards.negate(multiple, 0);
      }
      Edwards.cache(cached, 0, multiple, 0);
      edwards.plus(points, i * Edwards.POINT, points, i * Edwards.POINT, cached, 0, true);
    }
  }
}
