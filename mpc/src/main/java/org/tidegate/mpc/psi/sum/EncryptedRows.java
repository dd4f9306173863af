package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.paillier.PaillierPublicKey;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;

/**
 * The value owner's rows at the matcher: its keys blinded twice, and its ciphertexts as they came,
 * frame by frame.
 */
final class EncryptedRows {
  // Ciphertexts of one piece of work: a few tenths of a millisecond at least.
  private static final int PIECE = 32;

  private final Session session;
  private final Agreement agreement;
  private final Optional<PaillierPublicKey> key;
  private final Optional<SquareModulusKernel.Products> products;
  private final int ciphertext;
  private final int stride;
  private final byte[] blindedTwice;
  private final List<byte[]> frames = new ArrayList<>();

  EncryptedRows(Session session, Agreement agreement, Optional<PaillierPublicKey> key) {
    this.session = session;
    this.agreement = agreement;
    this.key = key;
    this.products = key.map(k -> session.kernels().squareModulus().products(k.modulus()));
    this.ciphertext = agreement.parameters().paillier().ciphertextBytes();
    this.stride = agreement.ownerRowBytes();
    this.blindedTwice = new byte[agreement.ownerRows() * KeyLists.ELEMENT];
  }

  /** The keys to the power a·b, in the order of the rows. */
  byte[] blindedTwice() {
    return blindedTwice;
  }

  /**
   * Takes and checks the rows [from, to).
   *
   * @throws ProtocolAbortException if an element or a ciphertext is none
   */
  void take(KeyLists lists, byte[] a, int from, int to, byte[] frame) {
    int count = to - from;
    byte[] elements = new byte[count * KeyLists.ELEMENT];
    for (int i = 0; i < count; i++) {
      System.arraycopy(frame, i * stride, elements, i * KeyLists.ELEMENT, KeyLists.ELEMENT);
    }
    lists.multiply(
        SumSteps.OWNER_ROWS, a, elements, 0, blindedTwice, from * KeyLists.ELEMENT, count);
    if (key.isPresent()) {
      checkCiphertexts(key.get(), frame, count);
      frames.add(frame);
    }
  }

  // All are below N² and units: the latter by one gcd of N and the product of all.
  private void checkCiphertexts(PaillierPublicKey publicKey, byte[] frame, int count) {
    int[] all = IntStream.range(0, count).toArray();
    for (int block = 0; block < agreement.layout().plaintexts(); block++) {
      int offset = KeyLists.ELEMENT + block * ciphertext;
      for (int i = 0; i < count; i++) {
        if (!publicKey.inRange(frame, i * stride + offset)) {
          throw noCiphertext();
        }
      }
      if (!publicKey.isUnit(product(publicKey, frame, offset, all))) {
        throw noCiphertext();
      }
    }
  }

  private static ProtocolAbortException noCiphertext() {
    return new ProtocolAbortException(
        "step " + SumSteps.OWNER_ROWS + ": the peer sent what is no ciphertext");
  }

  // Π frame[row] over rows, modulo N²; the pieces' products do not depend on who makes them.
  private BigInteger product(PaillierPublicKey publicKey, byte[] frame, int offset, int[] rows) {
    BigInteger[] parts = new BigInteger[(rows.length + PIECE - 1) / PIECE];
    SquareModulusKernel.Products kernel = products.orElseThrow();
    session
        .workers()
        .forRange(
            rows.length,
            PIECE,
            (from, to) ->
                parts[from / PIECE] =
                    kernel.product(frame, offset, stride, ciphertext, rows, from, to));
    return Arrays.stream(parts)
        .reduce(BigInteger.ONE, (x, y) -> x.multiply(y).mod(publicKey.modulusSquared()));
  }

  /**
   * The encrypted sums over {@code matches}, masked if there are masks, with fresh randomness: they
   * tell the key's owner the (masked) sums and nothing of which rows they are of.
   *
   * @param matches ascending
   * @param masks one per slot, or none at all
   */
  byte[] encryptedSums(int[] matches, List<BigInteger> masks) {
    PaillierPublicKey publicKey = key.orElseThrow();
    SlotLayout layout = agreement.layout();
    BigInteger[] sums = new BigInteger[layout.plaintexts()];
    Arrays.fill(sums, BigInteger.ONE);
    int at = 0;
    int batch = agreement.ownerBatch();
    for (int f = 0; f < frames.size(); f++) {
      int start = at;
      while (at < matches.length && matches[at] < (f + 1) * batch) {
        at++;
      }
      int first = f * batch;
      int[] rows = Arrays.stream(matches, start, at).map(row -> row - first).toArray();
      for (int block = 0; block < sums.length; block++) {
        int offset = KeyLists.ELEMENT + block * ciphertext;
        sums[block] =
            sums[block]
                .multiply(product(publicKey, frames.get(f), offset, rows))
                .mod(publicKey.modulusSquared());
      }
      session.checkAlive();
      session.progress().at(SumSteps.SUMS.name(), at, matches.length);
    }
    BigInteger[] added = new BigInteger[layout.plaintexts()];
    Arrays.fill(added, BigInteger.ZERO);
    for (int slot = 0; slot < masks.size(); slot++) {
      SlotLayout.Place place = layout.places().get(slot);
      added[place.plaintext()] =
          added[place.plaintext()].add(masks.get(slot).shiftLeft(place.shift()));
    }
    byte[] out = new byte[agreement.sumBytes()];
    try (SecretRandom random = session.random().fork("matcher.rerandomise")) {
      for (int block = 0; block < sums.length; block++) {
        BigInteger sum =
            publicKey.rerandomiseVartime(publicKey.addPlain(sums[block], added[block]), random);
        BigEndian.writeUnsigned(sum, out, block * ciphertext, ciphertext);
      }
    }
    return out;
  }
}
