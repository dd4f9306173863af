package org.tidegate.mpc.psi.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

class PartitionTest {
  private static final byte[] RUN = "run".getBytes(StandardCharsets.UTF_8);

  /** In memory. */
  private static final class MemorySpill implements Spill {
    final Map<Integer, ByteArrayOutputStream> buckets = new HashMap<>();

    @Override
    public void append(int bucket, byte[] records, int length) {
      buckets.computeIfAbsent(bucket, b -> new ByteArrayOutputStream()).write(records, 0, length);
    }

    @Override
    public byte[] read(int bucket) {
      return buckets.getOrDefault(bucket, new ByteArrayOutputStream()).toByteArray();
    }
  }

  private static PackedBytes keys(int from, int to) {
    List<byte[]> keys = new ArrayList<>();
    for (int i = from; i < to; i++) {
      keys.add(("key " + i * 7919 + (i % 3 == 0 ? "…" : "")).getBytes(StandardCharsets.UTF_8));
    }
    return PackedBytes.of(keys);
  }

  private static int[] range(int from, int to) {
    int[] rows = new int[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = from + i;
    }
    return rows;
  }

  /** Row → bucket and token, over all buckets. */
  private static Map<Integer, String> divided(
      Buckets buckets, byte[] run, int rows, int block, int threads) {
    MemorySpill spill = new MemorySpill();
    Partition partition = new Partition(buckets, run, spill);
    try (Workers workers = Workers.of(threads)) {
      for (int from = 0; from < rows; from += block) {
        int to = Math.min(rows, from + block);
        partition.add(
            keys(from, to),
            range(from, to),
            workers,
            KernelChoice.best().kernels().sha256(),
            () -> {});
      }
    }
    partition.finish();
    Map<Integer, String> found = new TreeMap<>();
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      Partition.Content content = Partition.read(buckets, spill, bucket);
      for (int i = 0; i < content.rows().length; i++) {
        String token = new String(content.tokens().row(i), StandardCharsets.ISO_8859_1);
        assertThat(found.put(content.rows()[i], bucket + " " + token)).isNull();
      }
    }
    return found;
  }

  @Test
  void everyRowIsInOneBucketWhateverTheBlocksAndThreads() {
    for (Adversary adversary : Adversary.values()) {
      Buckets buckets = Buckets.of(adversary, SecurityLevel.STANDARD, 50_000, 20_000, 4_000);
      assertThat(buckets.count()).isEqualTo(13);
      Map<Integer, String> whole = divided(buckets, RUN, 50_000, 50_000, 1);
      assertThat(whole).hasSize(50_000);
      assertThat(whole.values()).doesNotHaveDuplicates();
      assertThat(divided(buckets, RUN, 50_000, 777, 3)).isEqualTo(whole);
      assertThat(divided(buckets, new byte[] {1}, 50_000, 50_000, 1).get(0))
          .isNotEqualTo(whole.get(0));
    }
  }

  @Test
  void equalKeysOfTwoPartiesMeet() {
    Buckets buckets =
        Buckets.of(Adversary.SEMI_HONEST, SecurityLevel.STANDARD, 9_000, 9_000, 1_000);
    Map<Integer, String> one = divided(buckets, RUN, 9_000, 1_000, 1);
    Map<Integer, String> other = divided(buckets, RUN, 5_000, 5_000, 2);
    assertThat(one).containsAllEntriesOf(other);
  }

  @Test
  void noBucketHoldsMoreThanItsCapacity() {
    Buckets buckets =
        Buckets.of(Adversary.SEMI_HONEST, SecurityLevel.STANDARD, 200_000, 200_000, 10_000);
    int[] sizes = new int[buckets.count()];
    divided(buckets, RUN, 200_000, 200_000, 2)
        .values()
        .forEach(text -> sizes[Integer.parseInt(text.substring(0, text.indexOf(' ')))]++);
    assertThat(Arrays.stream(sizes)).allMatch(size -> size <= buckets.senderRows() && size > 9_000);
    // Hardly more than the mean: ten times the standard deviation of a hundred.
    assertThat(buckets.senderRows()).isBetween(10_600, 11_000);
  }

  @Test
  void eachBucketPaysForAllOfThem() {
    Buckets one = Buckets.of(Adversary.MALICIOUS, SecurityLevel.STANDARD, 1_000, 0, 1_000);
    assertThat(one).isEqualTo(new Buckets(1, 1_000, 0, SecurityLevel.STANDARD, 32));
    Buckets many =
        Buckets.of(Adversary.SEMI_HONEST, SecurityLevel.STANDARD, 1 << 24, 1 << 20, 1 << 20);
    assertThat(many.count()).isEqualTo(16);
    assertThat(many.security().statisticalBits()).isEqualTo(40 + 1 + 4);
    assertThat(many.tokenBytes()).isEqualTo(16);
    assertThat(many.receiverRows()).isBetween(1 << 16, (1 << 16) + 3_000);
  }

  @Test
  void aBucketThatEndsWithinARecordIsNoBucket() {
    Buckets buckets = Buckets.of(Adversary.MALICIOUS, SecurityLevel.STANDARD, 10, 10, 10);
    MemorySpill spill = new MemorySpill();
    spill.append(0, new byte[40], 37);
    assertThatThrownBy(() -> Partition.read(buckets, spill, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bucket 0");
  }
}
