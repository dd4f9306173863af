package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedBitsTest {
  private final Random random = new Random(3);

  @Test
  void agreesWithBitSets() {
    for (int bits : new int[] {1, 63, 64, 65, 127, 128, 1000}) {
      long[] a = vector(bits);
      long[] b = vector(bits);
      BitSet sum = BitSet.valueOf(a);
      sum.xor(BitSet.valueOf(b));
      BitSet product = BitSet.valueOf(a);
      product.and(BitSet.valueOf(b));

      long[] r = random.longs(a.length).toArray();
      PackedBits.add(r, a, b);
      assertThat(BitSet.valueOf(r)).isEqualTo(sum);
      assertThat(PackedBits.count(r)).isEqualTo(sum.cardinality());
      PackedBits.and(r, a, b);
      assertThat(BitSet.valueOf(r)).isEqualTo(product);
      assertThat(PackedBits.innerProduct(a, b)).isEqualTo(product.cardinality() % 2);

      long[] kept = a.clone();
      PackedBits.addIf(kept, b, 0);
      assertThat(kept).isEqualTo(a);
      PackedBits.addIf(kept, b, 1);
      assertThat(BitSet.valueOf(kept)).isEqualTo(sum);
      PackedBits.add(a, a, b);
      assertThat(a).isEqualTo(kept);
    }
  }

  @Test
  void readsAndWritesSingleBits() {
    long[] vector = random.longs(3).toArray();
    for (int place : new int[] {0, 1, 63, 64, 130, 191}) {
      for (int bit : new int[] {0, 1, 0}) {
        BitSet expected = BitSet.valueOf(vector);
        expected.set(place, bit == 1);
        PackedBits.set(vector, place, bit);
        assertThat(BitSet.valueOf(vector)).isEqualTo(expected);
        assertThat(PackedBits.get(vector, place)).isEqualTo(bit);
      }
    }
  }

  @Test
  void slicesAtAnyPlace() {
    long[] vector = random.longs(4).toArray();
    BitSet bits = BitSet.valueOf(vector);
    for (int from : new int[] {0, 1, 63, 64, 100, 256}) {
      for (int count : new int[] {0, 1, 64, 65, 150, 256 - from}) {
        if (from + count <= 256) {
          long[] slice = PackedBits.slice(vector, from, count);
          assertThat(slice).hasSize(PackedBits.words(count));
          assertThat(BitSet.valueOf(slice)).isEqualTo(bits.get(from, from + count));
        }
      }
    }
  }

  @Test
  void refusesVectorsOfOtherLengths() {
    assertThatThrownBy(() -> PackedBits.add(new long[2], new long[2], new long[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 3 words");
    assertThatThrownBy(() -> PackedBits.slice(new long[1], 1, 64))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> PackedBits.words(-1)).hasMessageContaining("-1 bits");
  }

  private long[] vector(int bits) {
    long[] vector = random.longs(PackedBits.words(bits)).toArray();
    PackedBits.clearTail(vector, bits);
    return vector;
  }
}
