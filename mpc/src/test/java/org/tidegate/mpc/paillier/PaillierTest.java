package org.tidegate.mpc.paillier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.bigint.ScalarSquareModulus;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.security.InsecureParameterException;

final class PaillierTest {
  private static final PaillierKeyPair KEY =
      PaillierKeyPair.generate(PaillierParameters.STANDARD, TwoParties.random(5, 5));

  @Test
  void decryptsSumsOfWhatItsOwnerEncrypted() {
    PaillierPublicKey key =
        PaillierPublicKey.decode(PaillierParameters.STANDARD, KEY.publicKey().encode());
    assertThat(key).isEqualTo(KEY.publicKey());
    BigInteger n = key.modulus();
    BigInteger[] plain = {BigInteger.ZERO, BigInteger.ONE, n.subtract(BigInteger.ONE)};
    byte[] plaintexts = new byte[3 * 384];
    for (int i = 0; i < 3; i++) {
      BigEndian.writeUnsigned(plain[i], plaintexts, i * 384, 384);
    }
    PaillierEncryptor encryptor = KEY.encryptor(new ScalarSquareModulus(), 3);
    byte[] exponents = encryptor.exponents(3, TwoParties.random(6, 6));
    byte[] out = new byte[3 * 768];
    encryptor.encryptVartime(plaintexts, exponents, 0, 3, out, i -> 768 * i);
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < 3; i++) {
      BigInteger c = BigEndian.readUnsigned(out, 768 * i, 768);
      // Against the definition, (1 + m·N)·h_s^r mod N².
      BigInteger r = BigEndian.readUnsigned(exponents, 192 * i, 192);
      assertThat(c).isEqualTo(key.addPlain(key.hs().modPow(r, key.modulusSquared()), plain[i]));
      assertThat(KEY.decryptVartime(c)).isEqualTo(plain[i]);
      product = product.multiply(c).mod(key.modulusSquared());
    }
    BigInteger again = key.rerandomiseVartime(product, TwoParties.random(7, 7));
    assertThat(again).isNotEqualTo(product);
    assertThat(KEY.decryptVartime(key.addPlain(again, BigInteger.TEN))).isEqualTo(BigInteger.TEN);
  }

  @Test
  void keysHaveTheShapeOfTheirPaper() {
    BigInteger n = KEY.publicKey().modulus();
    assertThat(n.bitLength()).isEqualTo(3072);
    assertThat(n.mod(BigInteger.valueOf(4))).isEqualTo(BigInteger.ONE); // 3·3 mod 4
    BigInteger prime = Primes.threeModFour(256, TwoParties.random(1, 1));
    assertThat(prime.bitLength()).isEqualTo(256);
    assertThat(prime.testBit(0) && prime.testBit(1) && prime.testBit(254)).isTrue();
    assertThat(prime.isProbablePrime(100)).isTrue();
  }

  @Test
  void shortKeysAndBrokenKeysAreRefused() {
    assertThatThrownBy(() -> new PaillierParameters(1024))
        .isInstanceOf(InsecureParameterException.class)
        .hasMessageContaining("1024")
        .hasMessageContaining("set 3072");
    byte[] encoded = KEY.publicKey().encode();
    encoded[383] ^= 1; // even
    assertThatThrownBy(() -> PaillierPublicKey.decode(PaillierParameters.STANDARD, encoded))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] shorter = KEY.publicKey().encode();
    shorter[0] = 0;
    assertThatThrownBy(() -> PaillierPublicKey.decode(PaillierParameters.STANDARD, shorter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void slotsNeverTouchEachOther() {
    SlotLayout layout = SlotLayout.of(List.of(64, 1, 2098, 2098), 1000, 41, 3071);
    assertThat(layout.plaintexts()).isEqualTo(2);
    int[] last = new int[2];
    for (int slot = 0; slot < 4; slot++) {
      SlotLayout.Place place = layout.places().get(slot);
      assertThat(place.shift()).isEqualTo(last[place.plaintext()]);
      last[place.plaintext()] += place.width();
      // The largest sum and the largest mask stay inside.
      BigInteger sum =
          BigInteger.ONE.shiftLeft(place.valueBits() + 1).multiply(BigInteger.valueOf(1000));
      BigInteger mask = BigInteger.ONE.shiftLeft(layout.maskRangeBits(slot));
      assertThat(sum.add(mask).bitLength()).isLessThanOrEqualTo(place.width());
      // A mask hides at least 40 bits beyond the sum's range.
      assertThat(layout.maskRangeBits(slot) - sum.bitLength()).isGreaterThanOrEqualTo(40);
    }
    assertThat(java.util.Arrays.stream(last).max().orElseThrow()).isLessThanOrEqualTo(3071);
    assertThatThrownBy(() -> SlotLayout.of(List.of(3072), 10, 41, 3071))
        .hasMessageContaining("slot 0");
  }
}
