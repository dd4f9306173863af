package org.tidegate.ledger.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Verification from tables says what the platform says. */
class P256VerifierTest {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final Random random = new Random(256);

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private BigInteger value(BigInteger below) {
    return new BigInteger(below.bitLength() + 64, random).mod(below);
  }

  @Test
  void theFieldMultipliesAndSubtracts() {
    BigInteger p = P256Field.P;
    BigInteger[] edges = {
      BigInteger.ZERO,
      BigInteger.ONE,
      BigInteger.TWO,
      p.subtract(BigInteger.ONE),
      p.subtract(BigInteger.TWO),
      BigInteger.ONE.shiftLeft(255),
      BigInteger.ONE.shiftLeft(224),
      BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE),
      p.shiftRight(1)
    };
    long[] a = new long[P256Field.LIMBS];
    long[] b = new long[P256Field.LIMBS];
    long[] c = new long[P256Field.LIMBS];
    long[] out = new long[P256Field.LIMBS];
    Arrays.fill(out, -7);
    for (int i = 0; i < 20_000; i++) {
      BigInteger x = i < 81 ? edges[i / 9] : value(p);
      BigInteger y = i < 81 ? edges[i % 9] : value(p);
      BigInteger z = i < 81 ? edges[(i + i / 9) % 9] : value(p);
      P256Field.put(x, a, 0);
      P256Field.put(y, b, 0);
      P256Field.put(z, c, 0);
      if ((i & 1) == 1) {
        other(a);
        other(b);
        other(c);
      }
      P256Field.multiply(a, 0, b, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.multiply(y).mod(p));
      P256Field.square(a, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.multiply(x).mod(p));
      P256Field.subtract(a, 0, b, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.subtract(y).mod(p));
      assertThat(P256Field.isZero(out, 0)).isEqualTo(x.equals(y));
      assertThat(P256Field.equal(a, 0, b, 0)).isEqualTo(x.equals(y));
      P256Field.subtract(a, 0, b, 0, c, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.subtract(y).subtract(z).subtract(z).mod(p));
      P256Field.add(a, 0, b, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.add(y).mod(p));
      P256Field.times(i % 9, a, 0, out, 0);
      assertThat(element(out)).isEqualTo(x.multiply(BigInteger.valueOf(i % 9)).mod(p));
      P256Field.square(a, 0, a, 0);
      assertThat(element(a)).isEqualTo(x.multiply(x).mod(p));
      P256Field.multiply(b, 0, c, 0, c, 0);
      assertThat(element(c)).isEqualTo(y.multiply(z).mod(p));
    }
  }

  /** The value, after a look at the limbs: 52 bits each, below 2^256 + 2^255 together. */
  private static BigInteger element(long[] a) {
    for (long limb : a) {
      assertThat(limb).isBetween(0L, (1L << 52) - 1);
    }
    assertThat(a[4]).isLessThan(3L << 47);
    return P256Field.get(a, 0);
  }

  /** The element's second representation, p more, where it has one. */
  private static void other(long[] a) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 4; i >= 0; i--) {
      number = number.shiftLeft(52).add(BigInteger.valueOf(a[i]));
    }
    number = number.add(P256Field.P);
    if (number.shiftRight(255).intValueExact() < 3) {
      for (int i = 0; i < 5; i++) {
        a[i] = number.shiftRight(52 * i).longValue() & (1L << 52) - 1;
      }
    }
  }

  @Test
  void signaturesVerifyAsOnThePlatform() throws GeneralSecurityException {
    for (int key = 0; key < 4; key++) {
      KeyPair pair = keys();
      P256Table table = new P256Table(((ECPublicKey) pair.getPublic()).getW(), 4 + key);
      for (int i = 0; i < 30; i++) {
        byte[] message = new byte[random.nextInt(300)];
        random.nextBytes(message);
        BigInteger[] rs = rs(Signatures.sign(pair.getPrivate(), message));
        assertThat(P256Verifier.verify(table, message, rs[0], rs[1])).isTrue();
        BigInteger r = random.nextBoolean() ? rs[0].xor(bit()) : rs[0];
        BigInteger s = r.equals(rs[0]) ? rs[1].xor(bit()) : rs[1];
        if (r.signum() > 0 && s.signum() > 0 && r.max(s).compareTo(ORDER) < 0) {
          assertThat(P256Verifier.verify(table, message, r, s))
              .isEqualTo(platform(pair.getPublic(), message, r, s));
        }
        byte[] other = message.length == 0 ? new byte[1] : message.clone();
        other[other.length / 2] ^= 1;
        assertThat(P256Verifier.verify(table, other, rs[0], rs[1])).isFalse();
      }
    }
  }

  /** Keys whose multiples meet the generator's: points added to themselves and to their inverse. */
  @Test
  void keysNearTheGeneratorVerify() throws GeneralSecurityException {
    ECPublicKey pattern = (ECPublicKey) keys().getPublic();
    for (long small : new long[] {1, 2, 3, 4, 64, 128, 256, 512, -1, -2, -256, -512}) {
      BigInteger secret = BigInteger.valueOf(small).mod(ORDER);
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey key = factory.generatePrivate(new ECPrivateKeySpec(secret, pattern.getParams()));
      ECPoint point = multiple(pattern.getParams().getGenerator(), secret);
      PublicKey publicKey = factory.generatePublic(new ECPublicKeySpec(point, pattern.getParams()));
      P256Table table = new P256Table(point, 6);
      for (int i = 0; i < 10; i++) {
        byte[] message = new byte[40];
        random.nextBytes(message);
        BigInteger[] rs = rs(Signatures.sign(key, message));
        assertThat(platform(publicKey, message, rs[0], rs[1])).isTrue();
        assertThat(P256Verifier.verify(table, message, rs[0], rs[1])).isTrue();
        // s chosen so that u1 G + u2 Q is infinity, or twice a point: r = -e/d, r = e/d.
        BigInteger e = hash(message);
        for (BigInteger r :
            new BigInteger[] {
              e.negate().multiply(secret.modInverse(ORDER)).mod(ORDER),
              e.multiply(secret.modInverse(ORDER)).mod(ORDER)
            }) {
          assertThat(P256Verifier.verify(table, message, r, BigInteger.ONE))
              .isEqualTo(platform(publicKey, message, r, BigInteger.ONE));
        }
      }
    }
  }

  @Test
  void aKeyThatIsUsedOftenGetsATable() throws GeneralSecurityException {
    KeyPair pair = keys();
    byte[] message = {1, 2, 3};
    byte[] signature = Signatures.sign(pair.getPrivate(), message);
    for (int i = 0; i < 3 * P256Verifier.USES_BEFORE_TABLE; i++) {
      assertThat(Signatures.verify(pair.getPublic(), message, signature)).isTrue();
      assertThat(Signatures.verify(pair.getPublic(), new byte[] {1, 2, 4}, signature)).isFalse();
    }
    assertThat(P256Verifier.table((ECPublicKey) pair.getPublic())).isPresent();
  }

  @Test
  void aPointOffTheCurveGetsNone() {
    assertThatThrownBy(() -> new P256Table(new ECPoint(BigInteger.ONE, BigInteger.ONE), 6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(P256Table.isOnCurve(ECPoint.POINT_INFINITY)).isFalse();
    assertThat(P256Table.isOnCurve(new ECPoint(P256Field.P, BigInteger.ONE))).isFalse();
  }

  private BigInteger bit() {
    return BigInteger.ONE.shiftLeft(random.nextInt(255));
  }

  private static BigInteger hash(byte[] message) throws GeneralSecurityException {
    return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(message));
  }

  /** The public point of a secret, by the field's own arithmetic written down anew. */
  private static ECPoint multiple(ECPoint base, BigInteger scalar) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = plus(sum, sum);
      if (scalar.testBit(bit)) {
        sum = plus(sum, base);
      }
    }
    return sum;
  }

  private static ECPoint plus(ECPoint a, ECPoint b) {
    if (a.equals(ECPoint.POINT_INFINITY)) {
      return b;
    }
    if (b.equals(ECPoint.POINT_INFINITY)) {
      return a;
    }
    BigInteger p = P256Field.P;
    BigInteger slope;
    if (a.getAffineX().equals(b.getAffineX())) {
      if (!a.getAffineY().equals(b.getAffineY())) {
        return ECPoint.POINT_INFINITY;
      }
      slope =
          a.getAffineX()
              .pow(2)
              .subtract(BigInteger.ONE)
              .multiply(BigInteger.valueOf(3))
              .multiply(a.getAffineY().shiftLeft(1).modInverse(p));
    } else {
      slope =
          b.getAffineY()
              .subtract(a.getAffineY())
              .multiply(b.getAffineX().subtract(a.getAffineX()).modInverse(p));
    }
    BigInteger x = slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
    return new ECPoint(
        x, slope.multiply(a.getAffineX().subtract(x)).subtract(a.getAffineY()).mod(p));
  }

  private static BigInteger[] rs(byte[] der) {
    int length = der[3];
    return new BigInteger[] {
      new BigInteger(der, 4, length), new BigInteger(der, 6 + length, der[5 + length])
    };
  }

  private static boolean platform(PublicKey key, byte[] message, BigInteger r, BigInteger s)
      throws GeneralSecurityException {
    byte[] signature = new byte[64];
    copy(r, signature, 0);
    copy(s, signature, 32);
    Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
    ecdsa.initVerify(key);
    ecdsa.update(message);
    return ecdsa.verify(signature);
  }

  private static void copy(BigInteger value, byte[] out, int at) {
    byte[] bytes = value.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, out, at + 32 - length, length);
  }
}
