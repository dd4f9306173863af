package org.tidegate.mpc.paillier;

import java.math.BigInteger;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.random.SecretRandom;

/**
 * A key with its factors p ≡ q ≡ 3 (mod 4), gcd(p − 1, q − 1) = 2 [Damgård, Jurik and Nielsen 2010,
 * section 4.2]. Decryption goes modulo p² and q² [Paillier 1999, section 7]. Never leaves the
 * machine of its owner.
 */
public final class PaillierKeyPair {
  private final PaillierPublicKey publicKey;
  private final BigInteger p;
  private final BigInteger q;
  private final BigInteger pSquared;
  private final BigInteger qSquared;
  private final BigInteger hp; // 1/L_p((1 + N)^(p − 1) mod p²) mod p = 1/(−q) mod p
  private final BigInteger hq;
  private final BigInteger qInverse; // 1/q mod p
  private final BigInteger qSquaredInverse; // 1/q² mod p²

  private PaillierKeyPair(PaillierParameters parameters, BigInteger p, BigInteger q, BigInteger x) {
    BigInteger n = p.multiply(q);
    BigInteger h = x.multiply(x).negate().mod(n);
    this.p = p;
    this.q = q;
    this.pSquared = p.multiply(p);
    this.qSquared = q.multiply(q);
    this.qInverse = q.modInverse(p);
    this.qSquaredInverse = qSquared.modInverse(pSquared);
    this.hp = qInverse.negate().mod(p);
    this.hq = p.modInverse(q).negate().mod(q);
    // h^N modulo p² and q², then together: a quarter of the work modulo N².
    BigInteger hs = joinSquares(h.modPow(n, pSquared), h.modPow(n, qSquared));
    this.publicKey = new PaillierPublicKey(parameters, n, hs);
  }

  /**
   * Generates a key.
   *
   * @param random a source that nobody else uses
   */
  public static PaillierKeyPair generate(PaillierParameters parameters, SecretRandom random) {
    int bits = parameters.modulusBits() / 2;
    while (true) {
      BigInteger p = Primes.threeModFour(bits, random);
      BigInteger q = Primes.threeModFour(bits, random);
      BigInteger gcd = p.subtract(BigInteger.ONE).gcd(q.subtract(BigInteger.ONE));
      if (!p.equals(q) && gcd.equals(BigInteger.TWO)) {
        BigInteger n = p.multiply(q);
        BigInteger x = random.nextBelow(n);
        while (!x.gcd(n).equals(BigInteger.ONE)) {
          x = random.nextBelow(n);
        }
        return new PaillierKeyPair(parameters, p, q, x);
      }
    }
  }

  /** What the peer gets. */
  public PaillierPublicKey publicKey() {
    return publicKey;
  }

  /**
   * Decrypts one ciphertext in [0, N²). Takes time that depends on the key: only for ciphertexts
   * whose decryption the peer does not time, such as a few at the end of a run.
   */
  public BigInteger decryptVartime(BigInteger ciphertext) {
    BigInteger mp = half(ciphertext, p, pSquared, hp);
    BigInteger mq = half(ciphertext, q, qSquared, hq);
    // m = m_q + q·((m_p − m_q)/q mod p)
    return mq.add(q.multiply(mp.subtract(mq).multiply(qInverse).mod(p)));
  }

  // m mod f = L(c^(f − 1) mod f²)·h mod f with L(u) = (u − 1)/f.
  private static BigInteger half(BigInteger c, BigInteger f, BigInteger f2, BigInteger h) {
    BigInteger power = c.mod(f2).modPow(f.subtract(BigInteger.ONE), f2);
    return power.subtract(BigInteger.ONE).divide(f).multiply(h).mod(f);
  }

  /**
   * Prepares encryption at the owner, modulo p² and q² with tables of the powers of h_s.
   *
   * @param expected how many ciphertexts are likely to be made: chooses the tables' size only
   */
  public PaillierEncryptor encryptor(SquareModulusKernel kernel, int expected) {
    int exponentBits = publicKey.parameters().modulusBits() / 2;
    return new PaillierEncryptor(
        this,
        kernel.fixedBase(p, publicKey.hs().mod(pSquared), exponentBits, expected),
        kernel.fixedBase(q, publicKey.hs().mod(qSquared), exponentBits, expected));
  }

  /** The residue modulo N² with these residues modulo p² and q². */
  BigInteger joinSquares(BigInteger modPSquared, BigInteger modQSquared) {
    return modQSquared.add(
        qSquared.multiply(
            modPSquared.subtract(modQSquared).multiply(qSquaredInverse).mod(pSquared)));
  }

  /** Never the factors. */
  @Override
  public String toString() {
    return "PaillierKeyPair[" + publicKey.parameters().modulusBits() + " bits]";
  }
}
