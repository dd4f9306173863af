package org.tidegate.mpc.paillier;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Where several signed sums lie in one or more plaintexts. Slot k of a plaintext is the bits
 * [shift, shift + width). A row's value v, |v| &lt; 2^valueBits, is stored as v + 2^valueBits (the
 * bias), which is in [1, 2^(valueBits + 1)), so sums of m rows are in [0, m·2^(valueBits + 1)) and
 * never borrow from the next slot; the reader subtracts m·2^valueBits.
 *
 * <p>width = valueBits + 1 (sign) + rowBits + maskBits + 1: sums stay below 2^(valueBits + 1 +
 * rowBits), a mask is uniform in [0, 2^(valueBits + 1 + rowBits + maskBits)), and their sum stays
 * below 2^width. A masked sum is within 2^-maskBits of uniform (statistical distance).
 *
 * <p>A slot is never split. Slots fill plaintexts in order; one that does not fit any more opens
 * the next plaintext.
 */
public final class SlotLayout {
  private final List<Place> places;
  private final int plaintexts;
  private final int rowBits;
  private final int maskBits;

  private SlotLayout(List<Place> places, int plaintexts, int rowBits, int maskBits) {
    this.places = List.copyOf(places);
    this.plaintexts = plaintexts;
    this.rowBits = rowBits;
    this.maskBits = maskBits;
  }

  /**
   * Lays out slots.
   *
   * @param valueBits per slot, the bits of the magnitude of a row's value
   * @param maxRows how many rows a sum may have
   * @param maskBits λ
   * @param plaintextBits of the key
   * @throws IllegalArgumentException if a slot is wider than a plaintext
   */
  public static SlotLayout of(
      List<Integer> valueBits, long maxRows, int maskBits, int plaintextBits) {
    int rowBits = 64 - Long.numberOfLeadingZeros(maxRows);
    List<Place> places = new ArrayList<>();
    int plaintext = 0;
    int shift = 0;
    for (int i = 0; i < valueBits.size(); i++) {
      int bits = valueBits.get(i);
      int width = bits + rowBits + maskBits + 2;
      if (bits < 1 || width > plaintextBits) {
        throw new IllegalArgumentException(
            "slot "
                + i
                + ": values of "
                + bits
                + " bits need "
                + width
                + " bits, and a plaintext has "
                + plaintextBits);
      }
      if (shift + width > plaintextBits) {
        plaintext++;
        shift = 0;
      }
      places.add(new Place(plaintext, shift, width, bits));
      shift += width;
    }
    return new SlotLayout(places, valueBits.isEmpty() ? 0 : plaintext + 1, rowBits, maskBits);
  }

  /** How many plaintexts, so ciphertexts, a row has; 0 without slots. */
  public int plaintexts() {
    return plaintexts;
  }

  /** The slots' places, in the order of the slots. */
  public List<Place> places() {
    return places;
  }

  /** log2 of the bound of a slot's mask. */
  public int maskRangeBits(int slot) {
    return places.get(slot).valueBits() + 1 + rowBits + maskBits;
  }

  /**
   * Adds slot {@code slot} of one row to its plaintext.
   *
   * @throws IllegalArgumentException if the value is out of the slot's range
   */
  public BigInteger add(BigInteger plaintext, int slot, BigInteger value) {
    Place place = places.get(slot);
    if (value.abs().bitLength() > place.valueBits()) {
      throw new IllegalArgumentException(
          "a value of "
              + value.bitLength()
              + " bits is out of the range of slot "
              + slot
              + ", whose values have at most "
              + place.valueBits()
              + " bits and a sign");
    }
    return plaintext.add(
        value.add(BigInteger.ONE.shiftLeft(place.valueBits())).shiftLeft(place.shift()));
  }

  /** What stands in slot {@code slot} of a plaintext: a sum with its biases, or a masked one. */
  public BigInteger extract(BigInteger plaintext, int slot) {
    Place place = places.get(slot);
    return plaintext.shiftRight(place.shift()).mod(BigInteger.ONE.shiftLeft(place.width()));
  }

  /** Takes the biases of {@code rows} rows away. */
  public BigInteger unbias(BigInteger sum, int slot, long rows) {
    return sum.subtract(BigInteger.valueOf(rows).shiftLeft(places.get(slot).valueBits()));
  }

  /**
   * Whether {@code sum} can be the sum of {@code rows} rows of this slot.
   *
   * @param sum without biases
   */
  public boolean possible(BigInteger sum, int slot, long rows) {
    BigInteger largest =
        BigInteger.ONE
            .shiftLeft(places.get(slot).valueBits())
            .subtract(BigInteger.ONE)
            .multiply(BigInteger.valueOf(rows));
    return sum.abs().compareTo(largest) <= 0;
  }

  /**
   * One slot's place.
   *
   * @param plaintext which of the row's plaintexts
   * @param shift its lowest bit there
   * @param width its bits
   * @param valueBits the bits of a value's magnitude
   */
  public record Place(int plaintext, int shift, int width, int valueBits) {}
}
