package org.tidegate.mpc.okvs;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.random.SecretRandom;

/**
 * One store: the linear map that a seed and a list of keys give, for encoding values into a vector
 * P and decoding P. Clusters are independent: threads may work on disjoint ranges of them at the
 * same time, and the result does not depend on who did which.
 *
 * <p>Elements of GF(2^128) are pairs of words, the lower first. The higher of a value's words is
 * zero if values have 64 bits only.
 */
public final class Okvs {
  /** The length of a key. */
  public static final int KEY_BYTES = KeyRows.KEY_BYTES;

  /** The length of a seed. */
  public static final int SEED_BYTES = 2 * KEY_BYTES;

  private static final int FILL_BYTES = 4096;

  private final OkvsParameters parameters;
  private final Gf128 field;
  private final byte[] seed;
  private final KeyRows rows;
  private final int widest;

  /**
   * The map for the given keys.
   *
   * @param field the products
   * @param seed public, {@link #SEED_BYTES} bytes, drawn after the keys were fixed
   * @param keys {@code count} keys of {@link #KEY_BYTES} bytes, back to back; for encoding they are
   *     distinct. For decoding there may be any number
   */
  public Okvs(OkvsParameters parameters, Gf128 field, byte[] seed, byte[] keys, int count) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException(
          "a seed has %d bytes, not %d".formatted(SEED_BYTES, seed.length));
    }
    if (count < 0 || keys.length / KEY_BYTES < count) {
      throw new IllegalArgumentException(
          "%d bytes are fewer than %d keys".formatted(keys.length, count));
    }
    this.parameters = parameters;
    this.field = field;
    this.seed = seed.clone();
    rows = new KeyRows(parameters, seed, keys, count);
    int most = 0;
    for (int cluster = 0; cluster < parameters.clusters(); cluster++) {
      most = Math.max(most, rows.start[cluster + 1] - rows.start[cluster]);
    }
    widest = most;
  }

  /** The seed. */
  public byte[] seed() {
    return seed.clone();
  }

  /**
   * Encodes: sets P in the given clusters so that each of their keys decodes to its value, every
   * other choice being uniform.
   *
   * @param values the keys' values in their order
   * @param random where the free slots come from; each cluster forks it
   * @param store P, {@link OkvsParameters#slots()} pairs of words
   * @throws OkvsFailedException with probability 2^−λ over the seed, for all clusters together
   */
  public void encode(
      long[] values, SecretRandom random, long[] store, int fromCluster, int toCluster) {
    if (widest > parameters.clusterItems()) {
      throw new OkvsFailedException("a cluster overflows under this seed; choose another");
    }
    checkStore(store);
    ClusterRows cluster = new ClusterRows(parameters, seed, widest);
    Peeling peeling = new Peeling(widest, parameters.sparseSlots());
    long[] wanted = new long[2 * widest];
    DenseTable table = new DenseTable(parameters);
    for (int c = fromCluster; c < toCluster; c++) {
      int sparse = c * parameters.clusterSlots();
      int dense = sparse + parameters.sparseSlots();
      try (SecretRandom free = random.fork("okvs/" + c)) {
        fill(store, 2 * sparse, 2 * parameters.clusterSlots(), free);
        if (parameters.field().valueBits() == Long.SIZE) {
          clearHigherWords(store, sparse, parameters.clusterSlots());
        }
      }
      cluster.load(rows, c);
      gather(values, c, wanted);
      peeling.peel(cluster.columns, cluster.count);
      if (peeling.count < cluster.count) {
        boolean[] taken = peeling.taken(cluster.count);
        Core core = new Core(cluster, taken, wanted, parameters.denseSlots(), field);
        core.solveDense(store, dense);
        core.solveSparse(store, sparse, dense);
      }
      table.load(store, dense);
      cluster.addDense(table, wanted);
      substitute(cluster, peeling, wanted, store, sparse);
    }
  }

  private void gather(long[] values, int cluster, long[] wanted) {
    int from = rows.start[cluster];
    int to = rows.start[cluster + 1];
    for (int row = from; row < to; row++) {
      int place = rows.places[row];
      wanted[2 * (row - from)] = values[2 * place];
      wanted[2 * (row - from) + 1] = values[2 * place + 1];
    }
  }

  /** Sets the slot by which each row was taken out, the last row first. */
  private static void substitute(
      ClusterRows cluster, Peeling peeling, long[] wanted, long[] store, int sparse) {
    for (int i = peeling.count - 1; i >= 0; i--) {
      int row = peeling.rows[i];
      int a = 2 * (sparse + cluster.columns[3 * row]);
      int b = 2 * (sparse + cluster.columns[3 * row + 1]);
      int c = 2 * (sparse + cluster.columns[3 * row + 2]);
      long low = wanted[2 * row] ^ store[a] ^ store[b] ^ store[c];
      long high = wanted[2 * row + 1] ^ store[a + 1] ^ store[b + 1] ^ store[c + 1];
      // One of a, b, c is the slot: what it held drops out.
      int slot = 2 * (sparse + peeling.columns[i]);
      store[slot] ^= low;
      store[slot + 1] ^= high;
    }
  }

  private static void clearHigherWords(long[] store, int from, int slots) {
    for (int slot = from; slot < from + slots; slot++) {
      store[2 * slot + 1] = 0;
    }
  }

  private static void fill(long[] store, int from, int words, SecretRandom random) {
    byte[] bytes = new byte[FILL_BYTES];
    for (int done = 0; done < words; done += FILL_BYTES / 8) {
      int length = Math.min(FILL_BYTES / 8, words - done);
      random.nextBytes(bytes, 0, 8 * length);
      for (int i = 0; i < length; i++) {
        store[from + done + i] = BigEndian.readLongLittle(bytes, 8 * i);
      }
    }
    Arrays.fill(bytes, (byte) 0);
  }

  /**
   * Decodes: the value under P of each key of the given clusters.
   *
   * @param store P, {@link OkvsParameters#slots()} pairs of words
   * @param values receives them in the order of the keys
   */
  public void decode(long[] store, long[] values, int fromCluster, int toCluster) {
    checkStore(store);
    ClusterRows cluster = new ClusterRows(parameters, seed, widest);
    long[] sums = new long[2 * widest];
    DenseTable table = new DenseTable(parameters);
    for (int c = fromCluster; c < toCluster; c++) {
      int sparse = c * parameters.clusterSlots();
      cluster.load(rows, c);
      Arrays.fill(sums, 0, 2 * cluster.count, 0);
      table.load(store, sparse + parameters.sparseSlots());
      cluster.addDense(table, sums);
      scatter(cluster, rows.places, rows.start[c], sums, store, sparse, values);
    }
  }

  private static void scatter(
      ClusterRows cluster,
      int[] places,
      int from,
      long[] sums,
      long[] store,
      int sparse,
      long[] values) {
    for (int row = 0; row < cluster.count; row++) {
      int a = 2 * (sparse + cluster.columns[3 * row]);
      int b = 2 * (sparse + cluster.columns[3 * row + 1]);
      int c = 2 * (sparse + cluster.columns[3 * row + 2]);
      int place = places[from + row];
      values[2 * place] = sums[2 * row] ^ store[a] ^ store[b] ^ store[c];
      values[2 * place + 1] = sums[2 * row + 1] ^ store[a + 1] ^ store[b + 1] ^ store[c + 1];
    }
  }

  private void checkStore(long[] store) {
    if (store.length != 2 * parameters.slots()) {
      throw new IllegalArgumentException(
          "the store has %d slots, not %d words".formatted(parameters.slots(), store.length));
    }
  }
}
