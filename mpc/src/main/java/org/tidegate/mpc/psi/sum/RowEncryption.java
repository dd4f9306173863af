package org.tidegate.mpc.psi.sum;

import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.paillier.PaillierEncryptor;
import org.tidegate.mpc.paillier.PaillierKeyPair;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;

/** Encrypts the value owner's rows into frames. */
final class RowEncryption {
  private static final int PIECE = 8;

  private final Session session;
  private final Agreement agreement;
  private final PackedValues values;
  private final PaillierKeyPair key;
  private final PaillierEncryptor encryptor;
  private final SecretRandom random;

  /** Makes the tables, which takes as long as some hundred encryptions. */
  RowEncryption(
      Session session,
      Agreement agreement,
      PackedValues values,
      PaillierKeyPair key,
      SecretRandom random) {
    this.session = session;
    this.agreement = agreement;
    this.values = values;
    this.key = key;
    this.random = random;
    this.encryptor =
        key.encryptor(
            session.kernels().squareModulus(),
            agreement.ownerRows() * agreement.layout().plaintexts());
  }

  byte[] publicKey() {
    return key.publicKey().encode();
  }

  /** Writes the ciphertexts of the rows order[from], …, order[to − 1] behind their elements. */
  void encrypt(int[] order, int from, int to, byte[] frame) {
    session.checkAlive();
    int blocks = agreement.layout().plaintexts();
    int stride = agreement.ownerRowBytes();
    int width = agreement.parameters().paillier().ciphertextBytes();
    int plain = agreement.parameters().paillier().modulusBytes();
    int count = to - from;
    byte[] plaintexts = new byte[count * blocks * plain];
    byte[] exponents = encryptor.exponents(count * blocks, random);
    session
        .workers()
        .forRange(
            count,
            PIECE,
            (a, b) -> {
              for (int i = a; i < b; i++) {
                values.pack(order[from + i], plaintexts, i * blocks * plain);
              }
              encryptor.encryptVartime(
                  plaintexts,
                  exponents,
                  a * blocks,
                  b * blocks,
                  frame,
                  c -> c / blocks * stride + KeyLists.ELEMENT + c % blocks * width);
            });
  }
}
