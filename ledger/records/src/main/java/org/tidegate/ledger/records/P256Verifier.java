package org.tidegate.ledger.records;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ECDSA verification (FIPS 186-5, section 6.4.2) for keys that verify again and again, as the few
 * members of a space do in blocks: from tables of a key's multiples it takes a tenth of the
 * platform's time. A key's first uses are the platform's, so that keys that come once cost no
 * table. Verification has no secrets; its time depends on the values.
 */
final class P256Verifier {
  /** Uses of a key before a table is made: making one takes as long as some dozens. */
  static final int USES_BEFORE_TABLE = 24;

  private static final int MAX_KEYS = 256;
  private static final int GENERATOR_WIDTH = 9;
  private static final int KEY_WIDTH = 7;
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final ECPoint GENERATOR =
      new ECPoint(
          new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16),
          new BigInteger("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16));

  private static final Map<ECPoint, Key> KEYS = new ConcurrentHashMap<>();

  private P256Verifier() {}

  /** Made at the first use of a table, not before. */
  private static final class Generator {
    static final P256Table TABLE = new P256Table(GENERATOR, GENERATOR_WIDTH);

    private Generator() {}
  }

  private static final class Key {
    private int uses;
    private volatile Optional<P256Table> table = Optional.empty();

    Optional<P256Table> use(ECPoint point) {
      Optional<P256Table> present = table;
      return present.isPresent() ? present : count(point);
    }

    private synchronized Optional<P256Table> count(ECPoint point) {
      if (table.isEmpty() && ++uses > USES_BEFORE_TABLE) {
        table = Optional.of(new P256Table(point, KEY_WIDTH));
      }
      return table;
    }
  }

  /** A table for this key, if it has earned one; empty: let the platform verify. */
  static Optional<P256Table> table(ECPublicKey key) {
    ECPoint point = key.getW();
    Key known = KEYS.get(point);
    if (!isP256(key.getParams())) {
      return Optional.empty();
    }
    if (known == null) {
      if (KEYS.size() >= MAX_KEYS || !P256Table.isOnCurve(point)) {
        return Optional.empty();
      }
      known = KEYS.computeIfAbsent(point, added -> new Key());
    }
    return known.use(point);
  }

  private static boolean isP256(ECParameterSpec parameters) {
    return parameters.getOrder().equals(ORDER)
        && parameters.getGenerator().equals(GENERATOR)
        && parameters.getCurve().getField() instanceof ECFieldFp field
        && field.getP().equals(P256Field.P);
  }

  /**
   * Whether (r, s) is a signature of {@code message}.
   *
   * @param r in [1, order)
   * @param s in [1, order)
   */
  static boolean verify(P256Table key, byte[] message, BigInteger r, BigInteger s) {
    BigInteger hash = new BigInteger(1, sha256(message));
    BigInteger inverse = s.modInverse(ORDER);
    long[] sum = new long[P256Table.POINT];
    Generator.TABLE.addProductVartime(hash.multiply(inverse).mod(ORDER), sum);
    key.addProductVartime(r.multiply(inverse).mod(ORDER), sum);
    int z = 2 * P256Field.LIMBS;
    if (P256Field.isZero(sum, z)) {
      return false;
    }
    // x mod order = r, where x = X / Z² is below p, and p is below 2 order.
    long[] zz = new long[P256Field.LIMBS];
    P256Field.square(sum, z, zz, 0);
    return isX(r, sum, zz)
        || (r.add(ORDER).compareTo(P256Field.P) < 0 && isX(r.add(ORDER), sum, zz));
  }

  private static boolean isX(BigInteger x, long[] sum, long[] zz) {
    long[] expected = new long[P256Field.LIMBS];
    P256Field.put(x, expected, 0);
    P256Field.multiply(expected, 0, zz, 0, expected, 0);
    return P256Field.equal(expected, 0, sum, 0);
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
