package org.tidegate.mpc.ring;

/**
 * {@link Ntt} by Harvey's butterflies on 64-bit integers: the reference of the vector versions.
 * Between stages elements lie in [0, 4q) forward and in [0, 2q) backward; 4q &lt; 2^52.
 */
public final class NttScalar implements Ntt {
  private final Modulus modulus;
  private final int size;
  private final long[] w;
  private final long[] wQuotient;
  private final long[] v;
  private final long[] vQuotient;
  private final long scale;
  private final long scaleQuotient;

  /** A transform over the given roots. */
  public NttScalar(NttRoots roots) {
    modulus = roots.modulus();
    size = roots.size();
    w = new long[size];
    wQuotient = new long[size];
    v = new long[size];
    vQuotient = new long[size];
    for (int i = 0; i < size; i++) {
      w[i] = roots.power(i);
      wQuotient[i] = modulus.quotient(w[i]);
      v[i] = roots.inversePower(i);
      vQuotient[i] = modulus.quotient(v[i]);
    }
    scale = modulus.inverse(size);
    scaleQuotient = modulus.quotient(scale);
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
    long q = modulus.value();
    for (int m = 1, t = size >> 1; m < size; m <<= 1, t >>= 1) {
      for (int i = 0; i < m; i++) {
        forward(a, from + 2 * i * t, t, w[m + i], wQuotient[m + i], q);
      }
    }
    for (int i = from; i < from + size; i++) {
      a[i] = below(below(a[i], 2 * q), q);
    }
  }

  /** (x, y) ← (x + wy, x − wy): [0, 4q) to [0, 4q). */
  private static void forward(long[] a, int from, int t, long w, long wQuotient, long q) {
    for (int i = from; i < from + t; i++) {
      long x = below(a[i], 2 * q);
      long y = times(a[i + t], w, wQuotient, q);
      a[i] = x + y;
      a[i + t] = x - y + 2 * q;
    }
  }

  @Override
  public void inverse(long[] a, int from) {
    long q = modulus.value();
    for (int m = size >> 1, t = 1; m > 0; m >>= 1, t <<= 1) {
      for (int i = 0; i < m; i++) {
        inverse(a, from + 2 * i * t, t, v[m + i], vQuotient[m + i], q);
      }
    }
    for (int i = from; i < from + size; i++) {
      a[i] = below(times(a[i], scale, scaleQuotient, q), q);
    }
  }

  /** (x, y) ← (x + y, w(x − y)): [0, 2q) to [0, 2q). */
  private static void inverse(long[] a, int from, int t, long w, long wQuotient, long q) {
    for (int i = from; i < from + t; i++) {
      long x = a[i];
      long y = a[i + t];
      a[i] = below(x + y, 2 * q);
      a[i + t] = times(x - y + 2 * q, w, wQuotient, q);
    }
  }

  /** wy modulo q, in [0, 2q), for any y ≥ 0. */
  private static long times(long y, long w, long wQuotient, long q) {
    return y * w - Math.unsignedMultiplyHigh(y, wQuotient) * q;
  }

  /** x − bound if x ≥ bound. */
  private static long below(long x, long bound) {
    long d = x - bound;
    return d + (bound & d >> 63);
  }

  @Override
  public void multiply(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = modulus.multiply(a[i], b[i]);
    }
  }
}
