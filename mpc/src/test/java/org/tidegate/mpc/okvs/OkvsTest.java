package org.tidegate.mpc.okvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.random.SecretRandom;

class OkvsTest {
  private static final Gf128 FIELD = new Gf128Scalar();

  private final Random random = new Random(128);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private SecretRandom free() {
    return SecretRandom.of(SecretBytes.copyOf(bytes(SecretRandom.SEED_BYTES)));
  }

  private static long[] decoded(OkvsParameters parameters, Okvs map, long[] store, int count) {
    long[] values = new long[2 * count];
    Arrays.fill(values, -1);
    map.decode(store, values, 0, parameters.clusters());
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50, 1000, 9000, 70_000})
  void decodesWhatItEncoded(int n) {
    OkvsParameters parameters = OkvsParameters.of(n, 40, StoreField.GF128);
    byte[] keys = bytes(16 * n);
    byte[] seed = bytes(Okvs.SEED_BYTES);
    Okvs map = new Okvs(parameters, FIELD, seed, keys, n);
    long[] values = random.longs(2L * n).toArray();
    long[] store = random.longs(2L * parameters.slots()).toArray();
    map.encode(values, free(), store, 0, parameters.clusters());
    assertThat(decoded(parameters, map, store, n)).isEqualTo(values);

    // Another party decodes other keys, of which some are the same.
    byte[] others = Arrays.copyOf(keys, 32 * n);
    System.arraycopy(bytes(16 * n), 0, others, 16 * n, 16 * n);
    Okvs other = new Okvs(parameters, FIELD, seed, others, 2 * n);
    long[] found = decoded(parameters, other, store, 2 * n);
    assertThat(Arrays.copyOf(found, 2 * n)).isEqualTo(values);
    assertThat(Arrays.copyOfRange(found, 2 * n, 4 * n)).doesNotContain(0, -1);

    // Decoding is linear.
    long[] second = new long[store.length];
    long[] others2 = random.longs(2L * n).toArray();
    map.encode(others2, free(), second, 0, parameters.clusters());
    Arrays.setAll(second, i -> second[i] ^ store[i]);
    Arrays.setAll(others2, i -> others2[i] ^ values[i]);
    assertThat(decoded(parameters, map, second, n)).isEqualTo(others2);
  }

  @Test
  void clustersMayBeDoneInAnyOrderByAnyThreads() throws InterruptedException {
    int n = 50_000;
    OkvsParameters parameters = OkvsParameters.of(n, 40, StoreField.GF128);
    Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * n), n);
    long[] values = random.longs(2L * n).toArray();
    byte[] seed = bytes(SecretRandom.SEED_BYTES);
    long[] expected = new long[2 * parameters.slots()];
    map.encode(
        values, SecretRandom.of(SecretBytes.copyOf(seed)), expected, 0, parameters.clusters());
    long[] store = random.longs(expected.length).toArray();
    Thread[] threads = new Thread[parameters.clusters()];
    for (int i = 0; i < threads.length; i++) {
      int cluster = threads.length - 1 - i;
      SecretRandom own = SecretRandom.of(SecretBytes.copyOf(seed));
      threads[i] =
          Thread.ofPlatform().start(() -> map.encode(values, own, store, cluster, cluster + 1));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50, 9000, 40_000})
  void shortValuesStayShort(int n) {
    OkvsParameters parameters = OkvsParameters.of(n, 40, StoreField.GF2);
    Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * n), n);
    long[] values = values(n, StoreField.GF2);
    long[] store = random.longs(2L * parameters.slots()).toArray();
    map.encode(values, free(), store, 0, parameters.clusters());
    for (int slot = 0; slot < parameters.slots(); slot++) {
      assertThat(store[2 * slot + 1]).isZero();
    }
    assertThat(decoded(parameters, map, store, n)).isEqualTo(values);
  }

  /** A map over GF(2) commutes with every map that is linear over GF(2), such as a product. */
  @Test
  void aMapOverTheSmallFieldCommutesWithProducts() {
    int n = 300;
    OkvsParameters parameters = OkvsParameters.of(n, 40, StoreField.GF2);
    Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * n), n);
    long[] store = random.longs(2L * parameters.slots()).toArray();
    long[] delta = random.longs(2).toArray();
    assertThat(decoded(parameters, map, times(delta, store), n))
        .isEqualTo(times(delta, decoded(parameters, map, store, n)));
  }

  private static long[] times(long[] delta, long[] elements) {
    long[] products = new long[elements.length];
    for (int i = 0; i < elements.length; i += 2) {
      long[] low = {elements[i], delta[0]};
      long[] high = {elements[i + 1], delta[1]};
      FIELD.multiply(
          low, high, low, high, new long[] {delta[0], 0}, new long[] {delta[1], 0}, 0, 1);
      products[i] = low[0];
      products[i + 1] = high[0];
    }
    return products;
  }

  /** Fewer sparse columns than rows: peeling leaves a core every time, and dense slots help. */
  @ParameterizedTest
  @EnumSource
  void solvesCoresWithDenseSlots(StoreField field) {
    for (int i = 0; i < 200; i++) {
      int n = 1 + random.nextInt(30);
      int sparse = Math.max(3, n - random.nextInt(4));
      int dense = field == StoreField.GF2 ? 48 : 20;
      OkvsParameters parameters = new OkvsParameters(n, 40, 1, n, sparse, dense, field);
      Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * n), n);
      long[] values = values(n, field);
      long[] store = random.longs(2L * parameters.slots()).toArray();
      map.encode(values, free(), store, 0, 1);
      assertThat(decoded(parameters, map, store, n)).isEqualTo(values);
    }
  }

  /**
   * Every slot of an encoding of fixed keys takes all values alike: the free ones by themselves,
   * the others with the values. With 15 degrees of freedom chi-square exceeds 60 with probability
   * 2·10^−7.
   */
  @ParameterizedTest
  @EnumSource
  void encodingsOfUniformValuesAreUniform(StoreField field) {
    int n = 12;
    int rounds = 4000;
    // With a core, so that dense slots are determined in part.
    int dense = field == StoreField.GF2 ? 8 : 4;
    OkvsParameters parameters = new OkvsParameters(n, 40, 1, n, 11, dense, field);
    Okvs map = solvable(parameters, n);
    int words = field.valueBits() / Long.SIZE;
    int[][] seen = new int[words * parameters.slots()][16];
    int[][] pairs = new int[parameters.slots()][16];
    for (int round = 0; round < rounds; round++) {
      long[] store = new long[2 * parameters.slots()];
      map.encode(values(n, field), free(), store, 0, 1);
      for (int i = 0; i < seen.length; i++) {
        seen[i][(int) (store[i * 2 / words] >>> 60)]++;
      }
      for (int i = 0; i < pairs.length; i++) {
        long next = store[(2 * i + 2) % store.length];
        pairs[i][(int) (store[2 * i] & 3 | (next & 3) << 2)]++;
      }
    }
    assertThat(Arrays.asList(seen))
        .allSatisfy(counts -> assertThat(chiSquare(counts, rounds)).isLessThan(60));
    assertThat(Arrays.asList(pairs))
        .allSatisfy(counts -> assertThat(chiSquare(counts, rounds)).isLessThan(60));
  }

  private long[] values(int n, StoreField field) {
    long[] values = random.longs(2L * n).toArray();
    for (int i = 1; i < values.length && field == StoreField.GF2; i += 2) {
      values[i] = 0;
    }
    return values;
  }

  private Okvs solvable(OkvsParameters parameters, int n) {
    while (true) {
      Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * n), n);
      try {
        map.encode(new long[2 * n], free(), new long[2 * parameters.slots()], 0, 1);
        return map;
      } catch (OkvsFailedException e) {
        assertThat(e).hasMessageContaining("choose another");
      }
    }
  }

  private static double chiSquare(int[] counts, int total) {
    double expected = (double) total / counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  /** Where values are not uniform, what the keys leave free still is: no slot stays zero. */
  @Test
  void freeSlotsAreRandomEvenIfAllValuesAreZero() {
    OkvsParameters parameters = OkvsParameters.of(500, 40, StoreField.GF128);
    Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(16 * 500), 500);
    long[] store = new long[2 * parameters.slots()];
    map.encode(new long[1000], free(), store, 0, 1);
    assertThat(store).doesNotContain(0).doesNotHaveDuplicates();
  }

  @Test
  void columnsAreDistinctAndAsManyAsTheyCanBe() {
    int[] columns = new int[3];
    int[] seen = new int[125];
    for (int i = 0; i < 6000; i++) {
      KeyRows.columns(bytes(16), 0, 5, columns, 0);
      assertThat(columns).doesNotHaveDuplicates();
      seen[25 * columns[0] + 5 * columns[1] + columns[2]]++;
    }
    int[] counts = Arrays.stream(seen).filter(count -> count > 0).toArray();
    assertThat(counts).hasSize(60);
    // 59 degrees of freedom: above 130 with probability 3·10^−7.
    assertThat(chiSquare(counts, 6000)).isLessThan(130);
  }

  @Test
  void parametersFollowTheFormulas() {
    assertThat(OkvsParameters.of(1 << 20, 40, StoreField.GF128))
        .isEqualTo(new OkvsParameters(1 << 20, 40, 64, 17419, 22163, 3, StoreField.GF128));
    assertThat(OkvsParameters.of(1 << 14, 40, StoreField.GF128))
        .isEqualTo(new OkvsParameters(1 << 14, 40, 1, 1 << 14, 20784, 2, StoreField.GF128));
    assertThat(OkvsParameters.of(1 << 20, 40, StoreField.GF2).denseSlots()).isEqualTo(56);
    for (int n = 1; n <= 1 << 24; n = n * 3 + 1) {
      OkvsParameters parameters = OkvsParameters.of(n, 40, StoreField.GF128);
      assertThat(parameters.sparseSlots()).isLessThan(1 << 16);
      assertThat(parameters.slots()).isGreaterThan(n + n / 5);
      assertThat(OkvsParameters.of(n, 60, StoreField.GF128).slots())
          .isGreaterThan(parameters.slots());
    }
  }

  @Test
  void refusesWhatHasNoEncoding() {
    OkvsParameters parameters = OkvsParameters.of(100, 40, StoreField.GF128);
    byte[] keys = bytes(1600);
    System.arraycopy(keys, 0, keys, 16, 16);
    Okvs map = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), keys, 100);
    long[] store = new long[2 * parameters.slots()];
    assertThatThrownBy(() -> map.encode(new long[200], free(), store, 0, 1))
        .isInstanceOf(OkvsFailedException.class)
        .hasMessage("these keys have no encoding under this seed; choose another");
    Okvs wide = new Okvs(parameters, FIELD, bytes(Okvs.SEED_BYTES), bytes(1616), 101);
    assertThatThrownBy(() -> wide.encode(new long[202], free(), store, 0, 1))
        .isInstanceOf(OkvsFailedException.class)
        .hasMessage("a cluster overflows under this seed; choose another");
    assertThatThrownBy(() -> map.decode(new long[4], new long[200], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OkvsParameters.of(0, 40, StoreField.GF128))
        .hasMessageStartingWith("a store holds 1 to 268435456 pairs");
    assertThatThrownBy(() -> new Okvs(parameters, FIELD, new byte[16], keys, 100))
        .hasMessage("a seed has 32 bytes, not 16");
  }
}
