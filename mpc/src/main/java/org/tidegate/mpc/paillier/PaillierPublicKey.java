package org.tidegate.mpc.paillier;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.random.SecretRandom;

/**
 * What everybody may know: N and h_s = h^N mod N², h = −x² mod N. A ciphertext of m in [0, N) is (1
 * + m·N)·h_s^r mod N² with r uniform in [0, 2^⌈k/2⌉), k the bits of N [Damgård, Jurik and Nielsen
 * 2010, section 4.2].
 */
public final class PaillierPublicKey {
  private final PaillierParameters parameters;
  private final BigInteger n;
  private final BigInteger square;
  private final BigInteger hs;

  PaillierPublicKey(PaillierParameters parameters, BigInteger n, BigInteger hs) {
    this.parameters = parameters;
    this.n = n;
    this.square = n.multiply(n);
    this.hs = hs;
  }

  /** The length of an encoded key in bytes: N, then h_s. */
  public static int encodedBytes(PaillierParameters parameters) {
    return parameters.modulusBytes() + parameters.ciphertextBytes();
  }

  /**
   * Reads a key that came from a peer.
   *
   * @throws IllegalArgumentException if N has not exactly the agreed bits, is even, or h_s is no
   *     unit modulo N²
   */
  public static PaillierPublicKey decode(PaillierParameters parameters, byte[] bytes) {
    if (bytes.length != encodedBytes(parameters)) {
      throw new IllegalArgumentException("a Paillier key of " + bytes.length + " bytes");
    }
    BigInteger n = BigEndian.readUnsigned(bytes, 0, parameters.modulusBytes());
    BigInteger hs =
        BigEndian.readUnsigned(bytes, parameters.modulusBytes(), parameters.ciphertextBytes());
    if (n.bitLength() != parameters.modulusBits() || !n.testBit(0)) {
      throw new IllegalArgumentException(
          "a Paillier modulus is odd and has " + parameters.modulusBits() + " bits");
    }
    PaillierPublicKey key = new PaillierPublicKey(parameters, n, hs);
    if (hs.signum() == 0 || hs.compareTo(key.square) >= 0 || !hs.gcd(n).equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("h_s is no unit modulo N²");
    }
    return key;
  }

  /** N, then h_s. */
  public byte[] encode() {
    byte[] bytes = new byte[encodedBytes(parameters)];
    BigEndian.writeUnsigned(n, bytes, 0, parameters.modulusBytes());
    BigEndian.writeUnsigned(hs, bytes, parameters.modulusBytes(), parameters.ciphertextBytes());
    return bytes;
  }

  /** The key's size. */
  public PaillierParameters parameters() {
    return parameters;
  }

  /** N. */
  public BigInteger modulus() {
    return n;
  }

  /** N². */
  public BigInteger modulusSquared() {
    return square;
  }

  /** h_s. */
  BigInteger hs() {
    return hs;
  }

  /** An encryption of m + m', given one of m: a ciphertext times 1 + m'·N. */
  public BigInteger addPlain(BigInteger ciphertext, BigInteger plaintext) {
    checkPlain(plaintext);
    return ciphertext.multiply(plaintext.multiply(n).add(BigInteger.ONE)).mod(square);
  }

  /**
   * A fresh encryption of the same plaintext. The exponent is secret and the power takes time that
   * depends on it: it is drawn for this one call, and what it hides goes to the key's owner only.
   */
  public BigInteger rerandomiseVartime(BigInteger ciphertext, SecretRandom random) {
    BigInteger r = random.nextBits(parameters.modulusBits() / 2);
    return ciphertext.multiply(hs.modPow(r, square)).mod(square);
  }

  /** Whether 0 &lt; c &lt; N²; being a unit is checked on products, for many at once. */
  public boolean inRange(byte[] ciphertexts, int offset) {
    int length = parameters.ciphertextBytes();
    BigInteger c = BigEndian.readUnsigned(ciphertexts, offset, length);
    return c.signum() > 0 && c.compareTo(square) < 0;
  }

  /**
   * Whether a residue shares no factor with N: true of a product exactly if true of all factors.
   */
  public boolean isUnit(BigInteger residue) {
    return residue.gcd(n).equals(BigInteger.ONE);
  }

  void checkPlain(BigInteger plaintext) {
    if (plaintext.signum() < 0 || plaintext.compareTo(n) >= 0) {
      throw new IllegalArgumentException("a plaintext is within 0 and N − 1");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaillierPublicKey that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return n.hashCode();
  }
}
