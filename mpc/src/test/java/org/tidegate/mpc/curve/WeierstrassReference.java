package org.tidegate.mpc.curve;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;

/**
 * P-256 and SM2 a second time, by other formulas: affine points of BigIntegers, the map of RFC
 * 9380, 6.6.2, with its divisions, and other implementations of the hash functions.
 */
final class WeierstrassReference {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final BigInteger p;
  private final BigInteger a;
  private final BigInteger b;
  private final BigInteger z;
  private final boolean sm;

  /** A point but the neutral one, which is null. */
  record Point(BigInteger x, BigInteger y) {}

  WeierstrassReference(WeierstrassCurve curve) {
    p = curve.prime().modulus();
    a = p.subtract(THREE);
    b = curve.b();
    z = curve.z().mod(p);
    sm = curve == WeierstrassCurve.SM2;
  }

  @Nullable Point add(@Nullable Point s, @Nullable Point t) {
    if (s == null || t == null) {
      return s == null ? t : s;
    }
    if (s.x.equals(t.x) && !s.y.equals(t.y)) {
      return null;
    }
    BigInteger slope =
        s.equals(t)
            ? s.x.multiply(s.x).multiply(THREE).add(a).multiply(s.y.shiftLeft(1).modInverse(p))
            : t.y.subtract(s.y).multiply(t.x.subtract(s.x).modInverse(p));
    BigInteger x = slope.multiply(slope).subtract(s.x).subtract(t.x).mod(p);
    return new Point(x, slope.multiply(s.x.subtract(x)).subtract(s.y).mod(p));
  }

  @Nullable Point multiply(BigInteger k, @Nullable Point t) {
    Point sum = null;
    for (int i = k.bitLength() - 1; i >= 0; i--) {
      sum = add(sum, sum);
      if (k.testBit(i)) {
        sum = add(sum, t);
      }
    }
    return sum;
  }

  byte[] encode(@Nullable Point t) {
    byte[] out = new byte[33];
    if (t != null) {
      out[0] = (byte) (t.y.testBit(0) ? 3 : 2);
      for (int i = 0; i < 32; i++) {
        out[32 - i] = t.x.shiftRight(8 * i).byteValue();
      }
    }
    return out;
  }

  private BigInteger g(BigInteger x) {
    return x.multiply(x).add(a).multiply(x).add(b).mod(p);
  }

  boolean isSquare(BigInteger v) {
    return !v.modPow(p.shiftRight(1), p).equals(p.subtract(BigInteger.ONE));
  }

  boolean isOnCurve(Point t) {
    return t.y.multiply(t.y).mod(p).equals(g(t.x));
  }

  boolean isOnCurve(BigInteger x) {
    return x.compareTo(p) < 0 && isSquare(g(x));
  }

  /** RFC 9380, 6.6.2. */
  Point map(BigInteger u) {
    BigInteger zuu = z.multiply(u).multiply(u).mod(p);
    BigInteger denominator = zuu.multiply(zuu).add(zuu).mod(p);
    BigInteger x1 =
        denominator.signum() == 0
            ? b.multiply(z.multiply(a).modInverse(p)).mod(p)
            : b.negate()
                .multiply(a.modInverse(p))
                .multiply(BigInteger.ONE.add(denominator.modInverse(p)))
                .mod(p);
    BigInteger x = isSquare(g(x1)) ? x1 : zuu.multiply(x1).mod(p);
    BigInteger y = g(x).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    return new Point(x, u.testBit(0) == y.testBit(0) ? y : p.subtract(y));
  }

  @Nullable Point mapUniform(byte[] uniform, int offset) {
    Point first = map(new BigInteger(1, uniform, offset, 48).mod(p));
    return add(first, map(new BigInteger(1, uniform, offset + 48, 48).mod(p)));
  }

  /** Whether Z is what RFC 9380, 6.6.2, asks for, but for the irreducibility of g(x) − Z. */
  boolean isZGood() {
    return !isSquare(z)
        && !z.equals(p.subtract(BigInteger.ONE))
        && isSquare(g(b.multiply(z.multiply(a).modInverse(p)).mod(p)));
  }

  /** RFC 9380, 5.3.1, to 96 bytes. */
  byte[] expand(byte[] message, byte[] tag) {
    byte[] suffix = Arrays.copyOf(tag, tag.length + 1);
    suffix[tag.length] = (byte) tag.length;
    byte[] first = hash(new byte[64], message, new byte[] {0, 96, 0}, suffix);
    byte[] out = new byte[96];
    byte[] last = new byte[32];
    for (int i = 1; i <= 3; i++) {
      for (int k = 0; k < 32; k++) {
        last[k] ^= first[k];
      }
      last = hash(last, new byte[] {(byte) i}, suffix);
      System.arraycopy(last, 0, out, 32 * (i - 1), 32);
    }
    return out;
  }

  private byte[] hash(byte[]... parts) {
    try {
      SM3Digest sm3 = new SM3Digest();
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sm3.update(part, 0, part.length);
        sha.update(part);
      }
      byte[] out = new byte[32];
      sm3.doFinal(out, 0);
      return sm ? out : sha.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
