package org.tidegate.mpc.curve;

import org.tidegate.mpc.field.Scalars;

/**
 * Ristretto255 in 64-bit integer arithmetic: the reference for vector kernels. Works with half the
 * scalar and encodes the doubles, so that encoding takes one inversion per {@link #CHUNK} elements.
 */
public final class ScalarRistretto implements RistrettoBatch {
  private static final int CHUNK = 128;

  @Override
  public int multiply(
      byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count) {
    Run run = new Run(scalar, count);
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      for (int i = 0; i < size; i++) {
        int at = inOffset + ELEMENT_BYTES * (from + i);
        if (run.ristretto.decodeNonIdentity(run.points, i * Edwards.POINT, in, at) == 0) {
          return from + i;
        }
      }
      run.finish(out, outOffset + ELEMENT_BYTES * from, size);
    }
    return -1;
  }

  @Override
  public void multiplyUniform(
      byte[] scalar, byte[] uniform, int offset, byte[] out, int outOffset, int count) {
    Run run = new Run(scalar, count);
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      for (int i = 0; i < size; i++) {
        int at = offset + UNIFORM_BYTES * (from + i);
        run.ristretto.map(run.points, i * Edwards.POINT, uniform, at, run.edwards);
      }
      run.finish(out, outOffset + ELEMENT_BYTES * from, size);
    }
  }

  @Override
  public FixedBase fixedBase(byte[] encoded) {
    if (encoded.length != ELEMENT_BYTES) {
      throw new IllegalArgumentException("an element has 32 bytes, not " + encoded.length);
    }
    return new ScalarRistrettoBase(FixedElement.of(encoded, 0));
  }

  /** The scratch space of one call. */
  private static final class Run {
    private final Edwards edwards = new Edwards();
    private final Ristretto ristretto = new Ristretto();
    private final long[] points;
    private final long[] work;

    Run(byte[] scalar, int count) {
      if (scalar.length != Scalars.BYTES || !Scalars.isCanonical(scalar)) {
        throw new IllegalArgumentException("the scalar is not canonical");
      }
      int chunk = Math.min(CHUNK, count);
      points = new long[chunk * Edwards.POINT];
      work = new long[Ristretto.encodeScratch(chunk)];
      edwards.recode(Scalars.half(scalar));
    }

    void finish(byte[] out, int outOffset, int size) {
      for (int i = 0; i < size; i++) {
        edwards.multiplyRecoded(points, i * Edwards.POINT, points, i * Edwards.POINT);
      }
      ristretto.encodeTwice(out, outOffset, points, size, work);
    }
  }
}
