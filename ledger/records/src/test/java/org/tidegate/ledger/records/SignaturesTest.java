package org.tidegate.ledger.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  private final KeyPair keys = keys("secp256r1");

  private static KeyPair keys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void signaturesVerifyAndHaveOneFormOnly() {
    for (int i = 0; i < 50; i++) {
      byte[] signature = Signatures.sign(keys.getPrivate(), MESSAGE);
      assertThat(Signatures.verify(keys.getPublic(), MESSAGE, signature)).isTrue();
      // The other root of the same signature, which plain ECDSA accepts.
      byte[] high = withHighS(signature);
      assertThat(Signatures.verify(keys.getPublic(), MESSAGE, high)).isFalse();
    }
  }

  private static byte[] withHighS(byte[] signature) {
    int sAt = 4 + signature[3] + 2;
    BigInteger s = new BigInteger(signature, sAt, signature.length - sAt);
    byte[] other = ORDER.subtract(s).toByteArray();
    byte[] high = new byte[sAt + other.length];
    System.arraycopy(signature, 0, high, 0, sAt);
    System.arraycopy(other, 0, high, sAt, other.length);
    high[1] = (byte) (high.length - 2);
    high[sAt - 1] = (byte) other.length;
    return high;
  }

  @Test
  void alteredSignaturesAndMessagesAreRefusedWithoutThrowing() {
    byte[] signature = Signatures.sign(keys.getPrivate(), MESSAGE);
    for (int i = 0; i < signature.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] altered = signature.clone();
        altered[i] ^= (byte) (1 << bit);
        assertThat(Signatures.verify(keys.getPublic(), MESSAGE, altered)).isFalse();
      }
    }
    for (int length = 0; length < signature.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(signature, length);
      assertThat(Signatures.verify(keys.getPublic(), MESSAGE, cut)).isFalse();
    }
    assertThat(Signatures.verify(keys.getPublic(), new byte[0], signature)).isFalse();
    assertThat(Signatures.verify(keys("secp256r1").getPublic(), MESSAGE, signature)).isFalse();
  }

  @Test
  void otherCurvesAreRefused() {
    KeyPair other = keys("secp384r1");
    assertThat(
            Signatures.verify(
                other.getPublic(), MESSAGE, Signatures.sign(keys.getPrivate(), MESSAGE)))
        .isFalse();
  }

  @Test
  void aSignedRecordIsBoundToItsTypeAndContent() {
    Digest job = Digest.of(MESSAGE);
    Instant now = Instant.parse("2026-11-23T01:02:03.456789Z");
    Signed<ReleaseStatement> signed =
        Signed.sign(new ReleaseStatement(job, "tax", "peer gone", now), keys.getPrivate());
    Signed<ReleaseStatement> read =
        Signed.decode(signed.canonicalBytes(), ReleaseStatement::fromJson);
    assertThat(read).isEqualTo(signed);
    assertThat(read.verify(keys.getPublic())).isTrue();
    assertThat(read.digest()).isEqualTo(signed.digest());
    assertThat(read.body().at()).isEqualTo(Instant.parse("2026-11-23T01:02:03.456Z"));
    assertThatThrownBy(() -> Signed.decode(signed.canonicalBytes(), Acceptance::fromJson))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("tidegate.no-reveal/1");
    Signed<ReleaseStatement> moved =
        new Signed<>(new ReleaseStatement(job, "bank", "peer gone", now), signed.signature());
    assertThat(moved.verify(keys.getPublic())).isFalse();
  }

  @Test
  void aBodyThatIsNotInNormalFormIsRefused() {
    JsonObject unsorted =
        JsonObject.builder()
            .put("type", Product.TYPE)
            .put("owner", "tax")
            .put("name", "income")
            .put("version", 1)
            .put("digest", Digest.of(MESSAGE))
            .put("columns", List.of("b", "a"))
            .put("published", Instant.EPOCH)
            .build();
    JsonObject signed =
        JsonObject.builder().put("body", unsorted).put("signature", "3006020101020101").build();
    assertThatThrownBy(() -> Signed.fromJson(signed, Product::fromJson))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("normal form");
  }
}
