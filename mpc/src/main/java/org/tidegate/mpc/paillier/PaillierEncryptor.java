package org.tidegate.mpc.paillier;

import java.math.BigInteger;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.random.SecretRandom;

/**
 * Encryption at the key's owner, in batches: h_s^r modulo p² and q² from tables, then together
 * modulo N². Look-ups depend on r, so on this machine only its owner may run code. Called from
 * several threads at once.
 */
public final class PaillierEncryptor {
  private final PaillierKeyPair keys;
  private final SquareModulusKernel.FixedBase modP;
  private final SquareModulusKernel.FixedBase modQ;
  private final int plaintextBytes;
  private final int ciphertextBytes;

  PaillierEncryptor(
      PaillierKeyPair keys,
      SquareModulusKernel.FixedBase modP,
      SquareModulusKernel.FixedBase modQ) {
    this.keys = keys;
    this.modP = modP;
    this.modQ = modQ;
    this.plaintextBytes = keys.publicKey().parameters().modulusBytes();
    this.ciphertextBytes = keys.publicKey().parameters().ciphertextBytes();
  }

  /** The length of the exponent r of one ciphertext in bytes. */
  public int exponentBytes() {
    return plaintextBytes / 2;
  }

  /** Draws the exponents of {@code count} ciphertexts, in their order. */
  public byte[] exponents(int count, SecretRandom random) {
    return random.nextBytes(Math.multiplyExact(count, exponentBytes()));
  }

  /**
   * Encrypts the plaintexts [from, to) with the exponents of the same numbers.
   *
   * @param plaintexts unsigned big-endian numbers below N, as long as N each
   * @param exponents from {@link #exponents}
   * @param out where ciphertext i starts at {@code outOffsets.at(i)}
   */
  public void encryptVartime(
      byte[] plaintexts, byte[] exponents, int from, int to, byte[] out, Place outOffsets) {
    int count = to - from;
    int half = ciphertextBytes / 2;
    byte[] powersP = new byte[count * half];
    byte[] powersQ = new byte[count * half];
    int start = from * exponentBytes();
    modP.powersVartime(exponents, start, exponentBytes(), powersP, 0, half, count);
    modQ.powersVartime(exponents, start, exponentBytes(), powersQ, 0, half, count);
    BigInteger n = keys.publicKey().modulus();
    BigInteger square = keys.publicKey().modulusSquared();
    for (int i = 0; i < count; i++) {
      BigInteger y =
          keys.joinSquares(
              BigEndian.readUnsigned(powersP, i * half, half),
              BigEndian.readUnsigned(powersQ, i * half, half));
      BigInteger m =
          BigEndian.readUnsigned(plaintexts, (from + i) * plaintextBytes, plaintextBytes);
      keys.publicKey().checkPlain(m);
      // (1 + m·N)·y = y + (m·y mod N)·N modulo N²
      BigInteger c = y.add(m.multiply(y.mod(n)).mod(n).multiply(n));
      c = c.compareTo(square) < 0 ? c : c.subtract(square);
      BigEndian.writeUnsigned(c, out, outOffsets.at(from + i), ciphertextBytes);
    }
  }

  /** Where ciphertexts go. */
  @FunctionalInterface
  public interface Place {
    /** The start of ciphertext {@code index}. */
    int at(int index);
  }
}
