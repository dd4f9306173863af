package org.tidegate.mpc.random;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keystream of AES-256 in counter mode from counter 0. Key = SHA-256(domain ‖ seed), so that
 * streams of different domains are independent.
 */
final class AesCtrStream {
  static final int SEED_BYTES = 32;
  // Long calls of the counter mode fall out of the cache: see the measurements in mpc/README.md.
  private static final int CHUNK_BYTES = 4096;

  private final byte[] key;
  private final Cipher cipher;
  private final byte[] buffer = new byte[CHUNK_BYTES];
  private final byte[] zeros = new byte[CHUNK_BYTES];
  private int used = CHUNK_BYTES;

  AesCtrStream(String domain, byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes, not " + seed.length);
    }
    this.key = derive(domain, seed);
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("AES refuses a key of 32 bytes", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES in counter mode", e);
    }
  }

  private static byte[] derive(String domain, byte[] seed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] name = domain.getBytes(StandardCharsets.UTF_8);
      digest.update(new byte[] {(byte) (name.length >> 8), (byte) name.length});
      digest.update(name);
      return digest.digest(seed);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** The seed of an independent stream. */
  byte[] childSeed(String label) {
    return derive("tidegate.random.fork/" + label, key);
  }

  void next(byte[] out, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (used == CHUNK_BYTES) {
        refill();
      }
      int take = Math.min(length - done, CHUNK_BYTES - used);
      System.arraycopy(buffer, used, out, offset + done, take);
      Arrays.fill(buffer, used, used + take, (byte) 0);
      used += take;
      done += take;
    }
  }

  long nextLong() {
    byte[] bytes = new byte[8];
    next(bytes, 0, 8);
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }

  /** Uniform in [0, bound), by rejection, so that no value is favoured. */
  int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound is at least 1, not " + bound);
    }
    long limit = (1L << 62) / bound * bound;
    while (true) {
      long candidate = nextLong() >>> 2;
      if (candidate < limit) {
        return (int) (candidate % bound);
      }
    }
  }

  private void refill() {
    try {
      int written = cipher.update(zeros, 0, CHUNK_BYTES, buffer, 0);
      if (written != CHUNK_BYTES) {
        throw new IllegalStateException("AES in counter mode wrote " + written + " bytes");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
    used = 0;
  }

  void close() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(buffer, (byte) 0);
  }
}
