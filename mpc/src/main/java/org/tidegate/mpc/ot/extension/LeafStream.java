package org.tidegate.mpc.ot.extension;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * PRG(leaf): the keystream of AES-128 in counter mode under the leaf. Its first 32 bytes are the
 * leaf's check word; the row follows. For one thread.
 */
final class LeafStream {
  static final int CHECK_BYTES = 32;

  private static final int CHUNK_BYTES = 4096;
  private static final byte[] ZEROS = new byte[CHUNK_BYTES];

  private final Cipher cipher;
  private final byte[] chunk = new byte[CHUNK_BYTES];

  LeafStream() {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES in counter mode", e);
    }
  }

  /** Starts with a leaf, and writes its check word. */
  void start(byte[] leaves, int leaf, byte[] check) {
    try {
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(leaves, 16 * leaf, 16, "AES"),
          new IvParameterSpec(new byte[16]));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("AES refuses a key of 16 bytes", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode refuses its counter", e);
    }
    next(CHECK_BYTES);
    System.arraycopy(chunk, 0, check, 0, CHECK_BYTES);
  }

  /**
   * Adds the row to {@code sum}, and to each plane whose bit in {@code coefficient} is set; the
   * coefficient may be secret.
   *
   * @param planes plane b begins at {@code at + b·words}
   */
  void addRow(int words, long[] sum, long[] planes, int at, int fieldBits, int coefficient) {
    for (int from = 0; from < words; from += CHUNK_BYTES / 8) {
      int count = Math.min(CHUNK_BYTES / 8, words - from);
      next(8 * count);
      for (int i = 0; i < count; i++) {
        sum[from + i] ^= BigEndian.readLongLittle(chunk, 8 * i);
      }
      for (int b = 0; b < fieldBits; b++) {
        long mask = -(long) (coefficient >>> b & 1);
        int plane = at + b * words + from;
        for (int i = 0; i < count; i++) {
          planes[plane + i] ^= BigEndian.readLongLittle(chunk, 8 * i) & mask;
        }
      }
    }
  }

  private void next(int bytes) {
    try {
      int written = cipher.update(ZEROS, 0, bytes, chunk, 0);
      if (written != bytes) {
        throw new IllegalStateException("AES in counter mode wrote " + written + " bytes");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
  }

  void clear() {
    Arrays.fill(chunk, (byte) 0);
  }
}
