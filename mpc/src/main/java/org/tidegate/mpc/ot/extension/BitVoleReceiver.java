package org.tidegate.mpc.ot.extension;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.ot.LongFrames;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party with the bits u, ready to run once. */
public final class BitVoleReceiver {
  private final Session session;
  private final ExtensionParameters parameters;
  private final String use;
  private final int[] counts;
  private final byte[] keys;
  private final byte[] run;
  private final RunGuard guard = new RunGuard();

  BitVoleReceiver(
      Session session, ExtensionParameters parameters, String use, int[] counts, byte[] keys) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
    this.counts = counts;
    this.keys = keys;
    this.run = Instance.run(session, parameters, use, counts);
  }

  /**
   * Extends.
   *
   * @param bits per instance its bits u: bit i is bit i mod 64 of word i/64; those beyond the count
   *     are ignored
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer misbehaved
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public ReceiverBits[] run(long[]... bits) {
    if (bits.length != counts.length) {
      throw new IllegalArgumentException(
          "%d instances have %d strings of bits".formatted(counts.length, bits.length));
    }
    for (int m = 0; m < counts.length; m++) {
      if (bits[m].length < (counts[m] + 63) / 64) {
        throw new IllegalArgumentException(
            "%d words hold fewer than the %d bits of instance %d"
                .formatted(bits[m].length, counts[m], m));
      }
    }
    return guard.once(session, RunGuard.NoRefusal.class, () -> extend(bits));
  }

  private ReceiverBits[] extend(long[][] bits) {
    int trees = parameters.trees() * counts.length;
    byte[] seeds;
    long[][] u = new long[counts.length][];
    try (SecretRandom random = session.random().fork("ot.extension.receiver/" + use)) {
      seeds = random.nextBytes(trees * Instance.BLOCK);
      for (int m = 0; m < counts.length; m++) {
        u[m] = padded(bits[m], counts[m], random);
      }
    }
    long[][] v = new long[counts.length][];
    byte[] masked = new byte[keys.length];
    byte[] corrections = new byte[Instance.correctionBytes(parameters, counts)];
    byte[] checks = new byte[trees * parameters.leaves() * LeafStream.CHECK_BYTES];
    int correctionAt = 0;
    for (int m = 0; m < counts.length; m++) {
      int words = u[m].length;
      v[m] = new long[Instance.DELTA_BITS * words];
      int first = m * parameters.trees();
      int from = correctionAt;
      long[] uRow = u[m];
      long[] vRows = v[m];
      session
          .workers()
          .forRange(
              parameters.trees(),
              Instance.PIECE,
              (a, b) -> {
                GgmTree forest = new GgmTree(Instance.treeKeys(run));
                LeafStream stream = new LeafStream();
                for (int i = a; i < b; i++) {
                  int at = from + 8 * words * i;
                  byte[] leaves = grow(forest, seeds, first + i, masked);
                  plant(stream, leaves, first + i, uRow, vRows, i, corrections, at, checks);
                }
                stream.clear();
              });
      correctionAt += 8 * words * parameters.trees();
    }
    Arrays.fill(seeds, (byte) 0);
    LongFrames.send(session.channel(), ExtensionSteps.TREES, masked);
    if (parameters.malicious()) {
      LongFrames.send(session.channel(), ExtensionSteps.LEAVES, leavesCheck(trees, checks));
    }
    LongFrames.send(session.channel(), ExtensionSteps.CORRECTIONS, corrections);
    session.channel().flush();
    if (parameters.malicious()) {
      answer(u, v);
    }
    ReceiverBits[] out = new ReceiverBits[counts.length];
    for (int m = 0; m < counts.length; m++) {
      out[m] = new ReceiverBits(Instance.columns(session, v[m], u[m].length, counts[m]));
    }
    return out;
  }

  /** The bits, zeros up to a whole block, and, malicious, a random block that hides the answer. */
  private long[] padded(long[] bits, int count, SecretRandom random) {
    long[] u = new long[parameters.rowWords(count)];
    int words = (count + 63) / 64;
    System.arraycopy(bits, 0, u, 0, words);
    u[words - 1] &= -1L >>> (64 - count % 64) % 64;
    if (parameters.malicious()) {
      byte[] mask = random.nextBytes(Instance.BLOCK);
      u[u.length - 2] = BigEndian.readLongLittle(mask, 0);
      u[u.length - 1] = BigEndian.readLongLittle(mask, 8);
    }
    return u;
  }

  /** The leaves of a tree; its level sums, under the base transfers' keys, go to {@code masked}. */
  private byte[] grow(GgmTree forest, byte[] seeds, int tree, byte[] masked) {
    int k = parameters.fieldBits();
    byte[] leaves = new byte[parameters.leaves() * Instance.BLOCK];
    byte[] sums = new byte[2 * k * Instance.BLOCK];
    byte[] seed = Arrays.copyOfRange(seeds, tree * Instance.BLOCK, (tree + 1) * Instance.BLOCK);
    forest.expand(seed, k, leaves, sums);
    int at = tree * sums.length;
    for (int i = 0; i < sums.length; i++) {
      masked[at + i] = (byte) (sums[i] ^ keys[at + i]);
    }
    return leaves;
  }

  /** v's rows of a tree, its correction and its check words. */
  private void plant(
      LeafStream stream,
      byte[] leaves,
      int tree,
      long[] u,
      long[] v,
      int ownTree,
      byte[] corrections,
      int correctionAt,
      byte[] checks) {
    int k = parameters.fieldBits();
    int words = u.length;
    long[] sum = u.clone();
    byte[] check = new byte[LeafStream.CHECK_BYTES];
    for (int x = 0; x < parameters.leaves(); x++) {
      stream.start(leaves, x, check);
      System.arraycopy(
          check, 0, checks, (tree * parameters.leaves() + x) * check.length, check.length);
      stream.addRow(words, sum, v, ownTree * k * words, k, x);
    }
    for (int i = 0; i < words; i++) {
      BigEndian.writeLongLittle(corrections, correctionAt + 8 * i, sum[i]);
    }
  }

  /** Per tree the sum of its check words, then the hash of all of them. */
  private byte[] leavesCheck(int trees, byte[] checks) {
    int width = LeafStream.CHECK_BYTES;
    byte[] hash = Instance.leavesHash(run, checks);
    byte[] out = new byte[trees * width + hash.length];
    for (int i = 0; i < checks.length; i++) {
      out[i / (width * parameters.leaves()) * width + i % width] ^= checks[i];
    }
    System.arraycopy(hash, 0, out, trees * width, hash.length);
    return out;
  }

  private void answer(long[][] u, long[][] v) {
    byte[] challenge =
        LongFrames.receive(
            session.channel(), ExtensionSteps.CHALLENGE, BitVoleSender.CHALLENGE_BYTES);
    byte[] answer = new byte[counts.length * Instance.ANSWER_BYTES];
    for (int m = 0; m < counts.length; m++) {
      int words = u[m].length;
      int at = m * Instance.ANSWER_BYTES;
      LinearHash hash = new LinearHash(session.kernels().gf128(), run, challenge, m, words);
      hash.hash(u[m], 0, answer, at);
      long[] rows = v[m];
      session
          .workers()
          .forRange(
              Instance.DELTA_BITS,
              16,
              (from, to) -> {
                for (int r = from; r < to; r++) {
                  hash.hash(rows, r * words, answer, at + LinearHash.HASH_BYTES * (1 + r));
                }
              });
    }
    LongFrames.send(session.channel(), ExtensionSteps.ANSWER, answer);
    session.channel().flush();
  }
}
