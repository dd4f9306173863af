package org.tidegate.mpc.ring.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;

import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.ring.Modulus;
import org.tidegate.mpc.ring.Ntt;
import org.tidegate.mpc.ring.NttRoots;

/**
 * {@link Ntt} in 512-bit vectors of doubles.
 *
 * <p>Inside a call the array holds the bits of doubles whose values are integers x, |x| ≤ B·q. A
 * product with a constant w, |w| ≤ q/2, is
 *
 * <pre>h = ○(x·w)   b = round(x·○(w/q))   l = x·w − h   result = (h − b·q) + l</pre>
 *
 * each line a fused multiply-add. With B ≤ 4, |x| &lt; 2^52: x·(w/q) stays below 2^51, where adding
 * and subtracting 1.5·2^52 rounds to an integer; ○(w/q) is wrong by at most 2^−54, so b misses
 * x·w/q by at most 1/2 + |x|·2^−54 ≤ 1/2 + B/16. So the result lies within (1/2 + B/16)·q; the
 * three terms are integers below 2^53 in absolute value, and every step is exact. A butterfly takes
 * B to B + 1/2 + B/16. {@link #plan} follows B through the passes and says where to reduce.
 */
public final class NttLanes512 implements Ntt {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = D.length();

  /** Stages inside a pair of vectors: at distances W, W/2, …, 1. */
  private static final int INNER = Integer.numberOfTrailingZeros(2 * W);

  // Adding it to a small integer rounds to one, and leaves it in the low bits.
  private static final double ROUND = 0x1.8p52;
  private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
  private static final double OFFSET = 0x1p52;
  private static final long OFFSET_BITS = Double.doubleToRawLongBits(OFFSET);

  /** Elements that one loop leaves in L1 for the next. */
  private static final int CHUNK = 1024;

  private static final double MAX_BOUND = 4;

  // Interleaving the lower, and the upper, halves of a pair of vectors rotates the bits of the
  // place of an element, so that the stage at the next distance again pairs the lanes of the two.
  private static final LongVector ZIP_LOW = indices(lane -> lane / 2 + W * (lane % 2));
  private static final LongVector ZIP_HIGH = indices(lane -> (W + lane) / 2 + W * (lane % 2));
  private static final LongVector EVEN = indices(lane -> 2 * lane);
  private static final LongVector ODD = indices(lane -> 2 * lane + 1);

  private final Modulus modulus;
  private final int size;
  private final double q;
  private final NttTwiddles forward;
  private final NttTwiddles inverse;
  private final double scale;
  private final boolean[] reduces;

  /** A transform over the given roots. */
  public NttLanes512(NttRoots roots) {
    modulus = roots.modulus();
    size = roots.size();
    q = modulus.value();
    forward = new NttTwiddles(modulus.value(), size, W, true, roots::power);
    inverse = new NttTwiddles(modulus.value(), size, W, false, roots::inversePower);
    scale = NttTwiddles.centred(modulus.inverse(size), modulus.value());
    reduces = plan(Integer.numberOfTrailingZeros(size) - INNER);
  }

  private static LongVector indices(IntUnaryOperator of) {
    long[] lanes = new long[W];
    for (int lane = 0; lane < W; lane++) {
      lanes[lane] = of.applyAsInt(lane);
    }
    return LongVector.fromArray(L, lanes, 0);
  }

  /** Which passes of two stages, after one of a single stage if their number is odd, reduce. */
  private static boolean[] plan(int outerStages) {
    double bound = outerStages % 2 == 0 ? 1 : afterStage(1);
    boolean[] reduces = new boolean[outerStages / 2];
    for (int pass = 0; pass < reduces.length; pass++) {
      double lazy = afterStage(afterStage(bound));
      reduces[pass] = lazy > MAX_BOUND;
      // Reduced are the elements that are not multiplied in the first stage.
      bound = reduces[pass] ? afterStage(0.5625 + 0.5 + bound / 16) : lazy;
      assert bound <= MAX_BOUND;
    }
    return reduces;
  }

  private static double afterStage(double bound) {
    return bound + 0.5 + bound / 16;
  }

  @Override
  public Modulus modulus() {
    return modulus;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forward(long[] a, int from) {
    int m = 1;
    int t = size / 2;
    if ((Integer.numberOfTrailingZeros(size) - INNER) % 2 != 0) {
      forwardFirst(a, from, t, forward.w[1], forward.wq[1], q);
      m = 2;
      t /= 2;
    } else {
      toDoubles(a, from, size);
    }
    for (boolean reduce : reduces) {
      for (int i = 0; i < m; i++) {
        if (reduce) {
          forwardReduced(a, from + 2 * i * t, t / 2, forward.w, forward.wq, m + i, q);
        } else {
          forwardLazy(a, from + 2 * i * t, t / 2, forward.w, forward.wq, m + i, q);
        }
      }
      m *= 4;
      t /= 4;
    }
    for (int done = 0; done < size; done += CHUNK) {
      forwardInner(a, from + done, CHUNK, forward.inner, INNER * done / 2, q);
      toCanonical(a, from + done, CHUNK, q);
    }
  }

  private static void toCanonical(long[] a, int from, int size, double q) {
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    for (int i = from; i < from + size; i += W) {
      DoubleVector x = LongVector.fromArray(L, a, i).reinterpretAsDoubles();
      canonical(reduce(x, iq, nq, r), q).intoArray(a, i);
    }
  }

  private static void toDoubles(long[] a, int from, int size) {
    for (int i = from; i < from + size; i += W) {
      toDouble(LongVector.fromArray(L, a, i)).reinterpretAsLongs().intoArray(a, i);
    }
  }

  /** The first stage, from canonical integers. */
  private static void forwardFirst(long[] a, int from, int t, double w, double wq, double q) {
    DoubleVector vw = DoubleVector.broadcast(D, w);
    DoubleVector vwq = DoubleVector.broadcast(D, wq);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    for (int i = from; i < from + t; i += W) {
      DoubleVector x = toDouble(LongVector.fromArray(L, a, i));
      DoubleVector y = times(toDouble(LongVector.fromArray(L, a, i + t)), vw, vwq, nq, r);
      x.add(y).reinterpretAsLongs().intoArray(a, i);
      x.sub(y).reinterpretAsLongs().intoArray(a, i + t);
    }
  }

  /** Two stages, at distances 2t and t. */
  private static void forwardLazy(
      long[] a, int from, int t, double[] w, double[] wq, int root, double q) {
    DoubleVector w1 = DoubleVector.broadcast(D, w[root]);
    DoubleVector w1q = DoubleVector.broadcast(D, wq[root]);
    DoubleVector w2 = DoubleVector.broadcast(D, w[2 * root]);
    DoubleVector w2q = DoubleVector.broadcast(D, wq[2 * root]);
    DoubleVector w3 = DoubleVector.broadcast(D, w[2 * root + 1]);
    DoubleVector w3q = DoubleVector.broadcast(D, wq[2 * root + 1]);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    for (int i = from; i < from + t; i += W) {
      DoubleVector x0 = LongVector.fromArray(L, a, i).reinterpretAsDoubles();
      DoubleVector x1 = LongVector.fromArray(L, a, i + t).reinterpretAsDoubles();
      DoubleVector y2 =
          times(LongVector.fromArray(L, a, i + 2 * t).reinterpretAsDoubles(), w1, w1q, nq, r);
      DoubleVector y3 =
          times(LongVector.fromArray(L, a, i + 3 * t).reinterpretAsDoubles(), w1, w1q, nq, r);
      DoubleVector y1 = times(x1.add(y3), w2, w2q, nq, r);
      DoubleVector z3 = times(x1.sub(y3), w3, w3q, nq, r);
      DoubleVector z0 = x0.add(y2);
      DoubleVector z2 = x0.sub(y2);
      z0.add(y1).reinterpretAsLongs().intoArray(a, i);
      z0.sub(y1).reinterpretAsLongs().intoArray(a, i + t);
      z2.add(z3).reinterpretAsLongs().intoArray(a, i + 2 * t);
      z2.sub(z3).reinterpretAsLongs().intoArray(a, i + 3 * t);
    }
  }

  /** As {@link #forwardLazy}, but what the first stage does not multiply is reduced before. */
  private static void forwardReduced(
      long[] a, int from, int t, double[] w, double[] wq, int root, double q) {
    DoubleVector w1 = DoubleVector.broadcast(D, w[root]);
    DoubleVector w1q = DoubleVector.broadcast(D, wq[root]);
    DoubleVector w2 = DoubleVector.broadcast(D, w[2 * root]);
    DoubleVector w2q = DoubleVector.broadcast(D, wq[2 * root]);
    DoubleVector w3 = DoubleVector.broadcast(D, w[2 * root + 1]);
    DoubleVector w3q = DoubleVector.broadcast(D, wq[2 * root + 1]);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    for (int i = from; i < from + t; i += W) {
      DoubleVector x0 = reduce(LongVector.fromArray(L, a, i).reinterpretAsDoubles(), iq, nq, r);
      DoubleVector x1 = reduce(LongVector.fromArray(L, a, i + t).reinterpretAsDoubles(), iq, nq, r);
      DoubleVector y2 =
          times(LongVector.fromArray(L, a, i + 2 * t).reinterpretAsDoubles(), w1, w1q, nq, r);
      DoubleVector y3 =
          times(LongVector.fromArray(L, a, i + 3 * t).reinterpretAsDoubles(), w1, w1q, nq, r);
      DoubleVector y1 = times(x1.add(y3), w2, w2q, nq, r);
      DoubleVector z3 = times(x1.sub(y3), w3, w3q, nq, r);
      DoubleVector z0 = x0.add(y2);
      DoubleVector z2 = x0.sub(y2);
      z0.add(y1).reinterpretAsLongs().intoArray(a, i);
      z0.sub(y1).reinterpretAsLongs().intoArray(a, i + t);
      z2.add(z3).reinterpretAsLongs().intoArray(a, i + 2 * t);
      z2.sub(z3).reinterpretAsLongs().intoArray(a, i + 3 * t);
    }
  }

  /**
   * The stages inside a pair of vectors. Their w/q are computed, not loaded, to spare memory: they
   * are wrong by up to 2^−53, and a product ends within (1/2 + B/8)·q. B ≤ 4 at the beginning, and
   * after the reduction of x the stages end with 1.6, 2.3, 3.1 and 3.97.
   */
  private static void forwardInner(
      long[] a, int from, int size, double[] inner, int start, double q) {
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    LongVector first = ZIP_LOW.and(2 * W - 1);
    LongVector second = ZIP_HIGH.and(2 * W - 1);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    int k = start;
    for (int i = from; i < from + size; i += 2 * W) {
      DoubleVector x = LongVector.fromArray(L, a, i).reinterpretAsDoubles();
      x = x.fma(iq, r).sub(r).fma(nq, x);
      DoubleVector y = LongVector.fromArray(L, a, i + W).reinterpretAsDoubles();
      DoubleVector w0 = DoubleVector.fromArray(D, inner, k);
      DoubleVector h0 = y.mul(w0);
      DoubleVector b0 = y.fma(w0.mul(iq), r).sub(r);
      DoubleVector z0 = b0.fma(nq, h0).add(y.fma(w0, h0.neg()));
      LongVector s0 = x.add(z0).reinterpretAsLongs();
      LongVector d0 = x.sub(z0).reinterpretAsLongs();
      x = first.selectFrom(s0, d0).reinterpretAsDoubles();
      y = second.selectFrom(s0, d0).reinterpretAsDoubles();
      DoubleVector w1 = DoubleVector.fromArray(D, inner, k + W);
      DoubleVector h1 = y.mul(w1);
      DoubleVector b1 = y.fma(w1.mul(iq), r).sub(r);
      DoubleVector z1 = b1.fma(nq, h1).add(y.fma(w1, h1.neg()));
      LongVector s1 = x.add(z1).reinterpretAsLongs();
      LongVector d1 = x.sub(z1).reinterpretAsLongs();
      x = first.selectFrom(s1, d1).reinterpretAsDoubles();
      y = second.selectFrom(s1, d1).reinterpretAsDoubles();
      DoubleVector w2 = DoubleVector.fromArray(D, inner, k + 2 * W);
      DoubleVector h2 = y.mul(w2);
      DoubleVector b2 = y.fma(w2.mul(iq), r).sub(r);
      DoubleVector z2 = b2.fma(nq, h2).add(y.fma(w2, h2.neg()));
      LongVector s2 = x.add(z2).reinterpretAsLongs();
      LongVector d2 = x.sub(z2).reinterpretAsLongs();
      x = first.selectFrom(s2, d2).reinterpretAsDoubles();
      y = second.selectFrom(s2, d2).reinterpretAsDoubles();
      if (INNER > 3) {
        DoubleVector w3 = DoubleVector.fromArray(D, inner, k + 3 * W);
        DoubleVector h3 = y.mul(w3);
        DoubleVector b3 = y.fma(w3.mul(iq), r).sub(r);
        DoubleVector z3 = b3.fma(nq, h3).add(y.fma(w3, h3.neg()));
        LongVector s3 = x.add(z3).reinterpretAsLongs();
        LongVector d3 = x.sub(z3).reinterpretAsLongs();
        x = first.selectFrom(s3, d3).reinterpretAsDoubles();
        y = second.selectFrom(s3, d3).reinterpretAsDoubles();
      }
      k += W * INNER;
      x.reinterpretAsLongs().intoArray(a, i);
      y.reinterpretAsLongs().intoArray(a, i + W);
    }
  }

  @Override
  public void inverse(long[] a, int from) {
    inverseInner(a, from, size, inverse.inner, q);
    int t = 2 * W;
    for (int m = size / (4 * W); m > 0; ) {
      if (m == 1) {
        inverseLast(a, from, t, inverse.w[1], inverse.wq[1], q);
        break;
      }
      m /= 2;
      for (int i = 0; i < m; i++) {
        inverseTwo(a, from + 4 * i * t, t, inverse.w, inverse.wq, m + i, q);
      }
      m /= 2;
      t *= 4;
    }
    scale(a, from, size, scale, q);
  }

  /**
   * The stages inside a pair of vectors, from canonical integers; w/q as in {@link #forwardInner}.
   * Sums are reduced, products are of B ≤ 2: after each stage B ≤ 3/4.
   */
  private static void inverseInner(long[] a, int from, int size, double[] inner, double q) {
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    LongVector first = EVEN.and(2 * W - 1);
    LongVector second = ODD.and(2 * W - 1);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    int k = 0;
    for (int i = from; i < from + size; i += 2 * W) {
      DoubleVector x = toDouble(LongVector.fromArray(L, a, i));
      DoubleVector y = toDouble(LongVector.fromArray(L, a, i + W));
      LongVector l0 = x.reinterpretAsLongs();
      LongVector g0 = y.reinterpretAsLongs();
      DoubleVector u0 = first.selectFrom(l0, g0).reinterpretAsDoubles();
      DoubleVector v0 = second.selectFrom(l0, g0).reinterpretAsDoubles();
      DoubleVector s0 = u0.add(v0);
      DoubleVector d0 = u0.sub(v0);
      DoubleVector w0 = DoubleVector.fromArray(D, inner, k);
      DoubleVector h0 = d0.mul(w0);
      DoubleVector b0 = d0.fma(w0.mul(iq), r).sub(r);
      x = s0.fma(iq, r).sub(r).fma(nq, s0);
      y = b0.fma(nq, h0).add(d0.fma(w0, h0.neg()));
      LongVector l1 = x.reinterpretAsLongs();
      LongVector g1 = y.reinterpretAsLongs();
      DoubleVector u1 = first.selectFrom(l1, g1).reinterpretAsDoubles();
      DoubleVector v1 = second.selectFrom(l1, g1).reinterpretAsDoubles();
      DoubleVector s1 = u1.add(v1);
      DoubleVector d1 = u1.sub(v1);
      DoubleVector w1 = DoubleVector.fromArray(D, inner, k + W);
      DoubleVector h1 = d1.mul(w1);
      DoubleVector b1 = d1.fma(w1.mul(iq), r).sub(r);
      x = s1.fma(iq, r).sub(r).fma(nq, s1);
      y = b1.fma(nq, h1).add(d1.fma(w1, h1.neg()));
      LongVector l2 = x.reinterpretAsLongs();
      LongVector g2 = y.reinterpretAsLongs();
      DoubleVector u2 = first.selectFrom(l2, g2).reinterpretAsDoubles();
      DoubleVector v2 = second.selectFrom(l2, g2).reinterpretAsDoubles();
      DoubleVector s2 = u2.add(v2);
      DoubleVector d2 = u2.sub(v2);
      DoubleVector w2 = DoubleVector.fromArray(D, inner, k + 2 * W);
      DoubleVector h2 = d2.mul(w2);
      DoubleVector b2 = d2.fma(w2.mul(iq), r).sub(r);
      x = s2.fma(iq, r).sub(r).fma(nq, s2);
      y = b2.fma(nq, h2).add(d2.fma(w2, h2.neg()));
      if (INNER > 3) {
        LongVector l3 = x.reinterpretAsLongs();
        LongVector g3 = y.reinterpretAsLongs();
        DoubleVector u3 = first.selectFrom(l3, g3).reinterpretAsDoubles();
        DoubleVector v3 = second.selectFrom(l3, g3).reinterpretAsDoubles();
        DoubleVector s3 = u3.add(v3);
        DoubleVector d3 = u3.sub(v3);
        DoubleVector w3 = DoubleVector.fromArray(D, inner, k + 3 * W);
        DoubleVector h3 = d3.mul(w3);
        DoubleVector b3 = d3.fma(w3.mul(iq), r).sub(r);
        x = s3.fma(iq, r).sub(r).fma(nq, s3);
        y = b3.fma(nq, h3).add(d3.fma(w3, h3.neg()));
      }
      k += W * INNER;
      x.reinterpretAsLongs().intoArray(a, i);
      y.reinterpretAsLongs().intoArray(a, i + W);
    }
  }

  /**
   * Two stages, at distances t and 2t, with B ≤ 1 before and after: the sums of the first stage
   * have B ≤ 2, its products 5/8; those of the second 4 and 5/4, and they are reduced.
   */
  private static void inverseTwo(
      long[] a, int from, int t, double[] w, double[] wq, int root, double q) {
    DoubleVector w1 = DoubleVector.broadcast(D, w[root]);
    DoubleVector w1q = DoubleVector.broadcast(D, wq[root]);
    DoubleVector w2 = DoubleVector.broadcast(D, w[2 * root]);
    DoubleVector w2q = DoubleVector.broadcast(D, wq[2 * root]);
    DoubleVector w3 = DoubleVector.broadcast(D, w[2 * root + 1]);
    DoubleVector w3q = DoubleVector.broadcast(D, wq[2 * root + 1]);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    for (int i = from; i < from + t; i += W) {
      DoubleVector x0 = LongVector.fromArray(L, a, i).reinterpretAsDoubles();
      DoubleVector x1 = LongVector.fromArray(L, a, i + t).reinterpretAsDoubles();
      DoubleVector x2 = LongVector.fromArray(L, a, i + 2 * t).reinterpretAsDoubles();
      DoubleVector x3 = LongVector.fromArray(L, a, i + 3 * t).reinterpretAsDoubles();
      DoubleVector y0 = x0.add(x1);
      DoubleVector y1 = times(x0.sub(x1), w2, w2q, nq, r);
      DoubleVector y2 = x2.add(x3);
      DoubleVector y3 = times(x2.sub(x3), w3, w3q, nq, r);
      DoubleVector z0 = y0.add(y2);
      DoubleVector z1 = y1.add(y3);
      DoubleVector z2 = y0.sub(y2);
      DoubleVector z3 = y1.sub(y3);
      DoubleVector h2 = z2.mul(w1);
      DoubleVector h3 = z3.mul(w1);
      z0 = z0.fma(iq, r).sub(r).fma(nq, z0);
      z1 = z1.fma(iq, r).sub(r).fma(nq, z1);
      z2 = z2.fma(w1q, r).sub(r).fma(nq, h2).add(z2.fma(w1, h2.neg()));
      z3 = z3.fma(w1q, r).sub(r).fma(nq, h3).add(z3.fma(w1, h3.neg()));
      z0.reinterpretAsLongs().intoArray(a, i);
      z1.reinterpretAsLongs().intoArray(a, i + t);
      z2.reinterpretAsLongs().intoArray(a, i + 2 * t);
      z3.reinterpretAsLongs().intoArray(a, i + 3 * t);
    }
  }

  /** The last stage, if it stands alone: B ≤ 2 after it. */
  private static void inverseLast(long[] a, int from, int t, double w, double wq, double q) {
    DoubleVector vw = DoubleVector.broadcast(D, w);
    DoubleVector vwq = DoubleVector.broadcast(D, wq);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    for (int i = from; i < from + t; i += W) {
      DoubleVector x = LongVector.fromArray(L, a, i).reinterpretAsDoubles();
      DoubleVector y = LongVector.fromArray(L, a, i + t).reinterpretAsDoubles();
      x.add(y).reinterpretAsLongs().intoArray(a, i);
      times(x.sub(y), vw, vwq, nq, r).reinterpretAsLongs().intoArray(a, i + t);
    }
  }

  private static void scale(long[] a, int from, int size, double scale, double q) {
    DoubleVector w = DoubleVector.broadcast(D, scale);
    DoubleVector wq = DoubleVector.broadcast(D, scale / q);
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    for (int i = from; i < from + size; i += W) {
      canonical(times(LongVector.fromArray(L, a, i).reinterpretAsDoubles(), w, wq, nq, r), q)
          .intoArray(a, i);
    }
  }

  /** For both factors in [0, q): ○(a·b)/q is below 2^50 and wrong by less than 2^−2. */
  @Override
  public void multiply(long[] product, long[] a, long[] b, int from, int to) {
    DoubleVector nq = DoubleVector.broadcast(D, -q);
    DoubleVector r = DoubleVector.broadcast(D, ROUND);
    DoubleVector iq = DoubleVector.broadcast(D, 1 / q);
    int i = from;
    for (; i + W <= to; i += W) {
      DoubleVector x = toDouble(LongVector.fromArray(L, a, i));
      DoubleVector y = toDouble(LongVector.fromArray(L, b, i));
      DoubleVector h = x.mul(y);
      DoubleVector quotient = h.fma(iq, r).sub(r);
      DoubleVector z = quotient.fma(nq, h).add(x.fma(y, h.neg()));
      canonical(z, q).intoArray(product, i);
    }
    for (; i < to; i++) {
      product[i] = modulus.multiply(a[i], b[i]);
    }
  }

  /** x·w modulo q: see the class. */
  private static DoubleVector times(
      DoubleVector x, DoubleVector w, DoubleVector wq, DoubleVector nq, DoubleVector r) {
    DoubleVector h = x.mul(w);
    // Methods of more lines write this out: C2 stops inlining helpers when a method has grown.
    DoubleVector b = x.fma(wq, r).sub(r);
    return b.fma(nq, h).add(x.fma(w, h.neg()));
  }

  /** x modulo q, of |x| ≤ 4.5q, within (1/2 + 1/16)q. */
  private static DoubleVector reduce(
      DoubleVector x, DoubleVector iq, DoubleVector nq, DoubleVector r) {
    return x.fma(iq, r).sub(r).fma(nq, x);
  }

  /** An integer in [0, 2^52) as a double. */
  private static DoubleVector toDouble(LongVector x) {
    return x.or(OFFSET_BITS).reinterpretAsDoubles().sub(OFFSET);
  }

  /** An integer in (−q, q) as one in [0, q). */
  private static LongVector canonical(DoubleVector x, double q) {
    LongVector signed = x.add(ROUND).reinterpretAsLongs().sub(ROUND_BITS);
    return signed.add(signed.lanewise(ASHR, 63).and((long) q));
  }
}
