package org.tidegate.mpc.vole;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.random.SecretRandom;

/**
 * The receiver's bits, part after part: of each tree the value y_i, uniform among those that are
 * not zero, since the noise's weight counts places that are not; then the check's mask, uniform.
 */
final class NoiseValues {
  private NoiseValues() {}

  /** Draws the bits of a shape: bit j at bit j mod 64 of word j/64. */
  static long[] draw(Shape shape, SecretRandom random) {
    long[] bits = new long[(shape.parts() * shape.allValueBits() + 63) / 64];
    byte[] bytes = random.nextBytes(8 * bits.length);
    Arrays.setAll(bits, i -> BigEndian.readLongLittle(bytes, 8 * i));
    Arrays.fill(bytes, (byte) 0);
    int count = shape.valueBits();
    for (int tree = 0; tree < shape.parts() * shape.trees(); tree++) {
      int start = shape.valueStart(tree / shape.trees(), tree % shape.trees());
      // How often this goes round says nothing about the value that stays.
      while ((element(bits, start, count, 0) | element(bits, start, count, 1)) == 0) {
        byte[] again = random.nextBytes(Shape.BLOCK_BYTES);
        for (int l = 0; l < count; l++) {
          long bit = again[l / 8] >>> l % 8 & 1;
          int at = start + l;
          bits[at >> 6] |= bit << at;
        }
      }
    }
    return bits;
  }

  /** Word {@code word} of the element whose {@code count} bits begin at {@code from}. */
  static long element(long[] bits, int from, int count, int word) {
    long element = 0;
    for (int l = 64 * word; l < Math.min(count, 64 * word + 64); l++) {
      int at = from + l;
      element |= (bits[at >> 6] >>> at & 1) << l;
    }
    return element;
  }
}
