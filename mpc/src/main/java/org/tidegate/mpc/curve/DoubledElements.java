package org.tidegate.mpc.curve;

import java.util.Arrays;
import org.tidegate.mpc.field.Scalars;

/**
 * What key agreement under masks needs of Ristretto255, for many encoded elements at once. Results
 * are doubles, because those are encoded with one inversion for all (see {@link
 * Ristretto#encodeTwice}). Letters: s a scalar, B a fixed element, u 64 uniform bytes, map the
 * one-way map of RFC 9496, section 4.3.4.
 *
 * <p>No time depends on scalars, bytes or elements. Objects hold no state; calls from several
 * threads at once are fine. An identity, which no honest input gives, is encoded as zeros.
 */
public final class DoubledElements {
  private static final int CHUNK = 64;
  private static final int ELEMENT = RistrettoBatch.ELEMENT_BYTES;
  private static final int UNIFORM = RistrettoBatch.UNIFORM_BYTES;

  /** out[i] = 2·map(u[i]). */
  public void map(byte[] uniform, int offset, byte[] out, int outOffset, int count) {
    chunks(
        out,
        outOffset,
        count,
        (scratch, slot, i) ->
            scratch.ristretto.map(
                scratch.points, slot, uniform, offset + i * UNIFORM, scratch.edwards));
  }

  /**
   * out[i] = 2·s[i]·B.
   *
   * @param scalars 32 bytes each, little-endian, canonical modulo the group order
   */
  public void multiply(
      FixedElement base, byte[] scalars, int offset, byte[] out, int outOffset, int count) {
    chunks(
        out,
        outOffset,
        count,
        (scratch, slot, i) -> {
          int at = offset + i * ELEMENT;
          scratch.edwards.recode(Arrays.copyOfRange(scalars, at, at + ELEMENT));
          scratch.edwards.multiplyTabulated(scratch.points, slot, base.tables());
        });
  }

  /**
   * out[i] = s[i]·B − 2·map(u[i]).
   *
   * @param scalars as for {@link #multiply}
   */
  public void multiplyMasked(
      FixedElement base,
      byte[] scalars,
      int offset,
      byte[] uniform,
      int uniformOffset,
      byte[] out,
      int outOffset,
      int count) {
    chunks(
        out,
        outOffset,
        count,
        (scratch, slot, i) -> {
          int at = offset + i * ELEMENT;
          scratch.edwards.recode(Scalars.half(Arrays.copyOfRange(scalars, at, at + ELEMENT)));
          scratch.edwards.multiplyTabulated(scratch.points, slot, base.tables());
          scratch.addMap(slot, uniform, uniformOffset + i * UNIFORM, true);
        });
  }

  /**
   * out[i] = 2·(in[i] + 2·map(u[i])).
   *
   * @return −1, or the index of the first input that is no canonical encoding of an element other
   *     than the identity; the output is of no use then
   */
  public int unmask(
      byte[] in,
      int offset,
      byte[] uniform,
      int uniformOffset,
      byte[] out,
      int outOffset,
      int count) {
    int[] bad = {-1};
    chunks(
        out,
        outOffset,
        count,
        (scratch, slot, i) -> {
          long good =
              scratch.ristretto.decodeNonIdentity(scratch.points, slot, in, offset + i * ELEMENT);
          if (good == 0 && bad[0] < 0) {
            bad[0] = i;
          }
          scratch.addMap(slot, uniform, uniformOffset + i * UNIFORM, false);
        });
    return bad[0];
  }

  private static void chunks(byte[] out, int outOffset, int count, Step step) {
    Scratch scratch = new Scratch(Math.min(CHUNK, count));
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      for (int i = 0; i < size; i++) {
        step.run(scratch, i * Edwards.POINT, from + i);
      }
      scratch.ristretto.encodeTwice(
          out, outOffset + from * ELEMENT, scratch.points, size, scratch.work);
    }
  }

  /** Puts the point whose double is result i at a place. */
  @FunctionalInterface
  private interface Step {
    void run(Scratch scratch, int slot, int i);
  }

  /** The scratch space of one call. */
  private static final class Scratch {
    private final Edwards edwards = new Edwards();
    private final Ristretto ristretto = new Ristretto();
    private final long[] points;
    private final long[] work;
    private final long[] mapped = new long[Edwards.POINT];
    private final long[] cached = new long[Edwards.POINT];

    Scratch(int size) {
      points = new long[size * Edwards.POINT];
      work = new long[Ristretto.encodeScratch(size)];
    }

    /** Adds 2·map(u), or subtracts map(u). */
    void addMap(int slot, byte[] uniform, int offset, boolean subtract) {
      ristretto.map(mapped, 0, uniform, offset, edwards);
      if (subtract) {
        Edwards.negate(mapped, 0);
      } else {
        edwards.twice(mapped, 0, mapped, 0, true);
      }
      Edwards.cache(cached, 0, mapped, 0);
      edwards.plus(points, slot, points, slot, cached, 0, true);
    }
  }
}
