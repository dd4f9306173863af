package org.tidegate.mpc.ot.extension;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.ConstantTime;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.ot.LongFrames;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party with Δ, ready to run once. */
public final class BitVoleSender {
  static final int CHALLENGE_BYTES = 32;

  private final Session session;
  private final ExtensionParameters parameters;
  private final String use;
  private final int[] counts;
  private final long[] deltas;
  private final byte[] keys;
  private final byte[] run;
  private final RunGuard guard = new RunGuard();

  BitVoleSender(
      Session session,
      ExtensionParameters parameters,
      String use,
      int[] counts,
      long[] deltas,
      byte[] keys) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
    this.counts = counts;
    this.deltas = deltas;
    this.keys = keys;
    this.run = Instance.run(session, parameters, use, counts);
  }

  /**
   * Extends.
   *
   * @throws ProtocolAbortException if the peer misbehaved
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SenderBits[] run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::extend);
  }

  private SenderBits[] extend() {
    int trees = parameters.trees() * counts.length;
    byte[] masked = LongFrames.receive(session.channel(), ExtensionSteps.TREES, 2 * keys.length);
    byte[] leavesCheck = new byte[0];
    if (parameters.malicious()) {
      int bytes = (trees + 1) * LeafStream.CHECK_BYTES;
      leavesCheck = LongFrames.receive(session.channel(), ExtensionSteps.LEAVES, bytes);
    }
    byte[] corrections =
        LongFrames.receive(
            session.channel(),
            ExtensionSteps.CORRECTIONS,
            Instance.correctionBytes(parameters, counts));
    byte[] challenge = new byte[0];
    if (parameters.malicious()) {
      // Drawn and sent when all that it is about has come.
      try (SecretRandom random = session.random().fork("ot.extension.challenge/" + use)) {
        challenge = random.nextBytes(CHALLENGE_BYTES);
      }
      LongFrames.send(session.channel(), ExtensionSteps.CHALLENGE, challenge);
      session.channel().flush();
    }
    long[][] w = new long[counts.length][];
    byte[] checks = new byte[trees * parameters.leaves() * LeafStream.CHECK_BYTES];
    int correctionAt = 0;
    for (int m = 0; m < counts.length; m++) {
      int words = parameters.rowWords(counts[m]);
      w[m] = new long[Instance.DELTA_BITS * words];
      int first = m * parameters.trees();
      int from = correctionAt;
      long[] rows = w[m];
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
                  byte[] leaves = grow(forest, first + i, masked);
                  plant(stream, leaves, first + i, rows, i, words, corrections, at, checks);
                }
                stream.clear();
              });
      correctionAt += 8 * words * parameters.trees();
    }
    if (parameters.malicious()) {
      boolean leaves = leavesAgree(leavesCheck, checks);
      boolean rows = rowsAgree(challenge, w);
      if (!(leaves & rows)) {
        throw new ProtocolAbortException("OT extension: the receiver failed a check");
      }
    }
    SenderBits[] out = new SenderBits[counts.length];
    for (int m = 0; m < counts.length; m++) {
      long[] delta = {deltas[2 * m], deltas[2 * m + 1]};
      int words = parameters.rowWords(counts[m]);
      out[m] = new SenderBits(delta, Instance.columns(session, w[m], words, counts[m]));
    }
    return out;
  }

  /** Δ_j of a tree. */
  private int hole(int tree) {
    int bit = tree * parameters.fieldBits();
    return (int) (deltas[bit >> 6] >>> bit) & parameters.leaves() - 1;
  }

  /** The leaves of a tree but for leaf Δ_j. */
  private byte[] grow(GgmTree forest, int tree, byte[] masked) {
    int hole = hole(tree);
    byte[] leaves = new byte[parameters.leaves() * Instance.BLOCK];
    forest.expandPunctured(hole, parameters.fieldBits(), sums(tree, hole, masked), leaves);
    return leaves;
  }

  /** w's rows of a tree, and its check words but for those of leaf Δ_j, which become zero. */
  private void plant(
      LeafStream stream,
      byte[] leaves,
      int tree,
      long[] w,
      int ownTree,
      int words,
      byte[] corrections,
      int correctionAt,
      byte[] checks) {
    int k = parameters.fieldBits();
    int hole = hole(tree);
    long[] ignored = new long[words];
    byte[] check = new byte[LeafStream.CHECK_BYTES];
    for (int x = 0; x < parameters.leaves(); x++) {
      stream.start(leaves, x, check);
      // At the unknown leaf the coefficient is zero.
      stream.addRow(words, ignored, w, ownTree * k * words, k, x ^ hole);
      byte known = (byte) -((x ^ hole) + parameters.leaves() - 1 >>> k);
      int at = (tree * parameters.leaves() + x) * check.length;
      for (int i = 0; i < check.length; i++) {
        checks[at + i] = (byte) (check[i] & known);
      }
    }
    for (int b = 0; b < k; b++) {
      long mask = -(long) (hole >>> b & 1);
      int row = (ownTree * k + b) * words;
      for (int i = 0; i < words; i++) {
        w[row + i] ^= BigEndian.readLongLittle(corrections, correctionAt + 8 * i) & mask;
      }
    }
  }

  /** Of each level the sum of the side that is not on the path: the side that was chosen. */
  private byte[] sums(int tree, int hole, byte[] masked) {
    int k = parameters.fieldBits();
    byte[] sums = new byte[k * Instance.BLOCK];
    for (int level = 0; level < k; level++) {
      byte second = (byte) -(1 - (hole >>> level & 1));
      int at = 2 * (tree * k + level) * Instance.BLOCK;
      int own = (tree * k + level) * Instance.BLOCK;
      for (int i = 0; i < Instance.BLOCK; i++) {
        byte zero = masked[at + i];
        byte one = masked[at + Instance.BLOCK + i];
        sums[level * Instance.BLOCK + i] = (byte) (zero ^ (zero ^ one) & second ^ keys[own + i]);
      }
    }
    return sums;
  }

  /** Fills in the unknown check words from their sums, and compares the hash of all. */
  private boolean leavesAgree(byte[] claimed, byte[] checks) {
    int width = LeafStream.CHECK_BYTES;
    int trees = claimed.length / width - 1;
    for (int tree = 0; tree < trees; tree++) {
      byte[] missing = Arrays.copyOfRange(claimed, tree * width, (tree + 1) * width);
      int from = tree * parameters.leaves() * width;
      for (int i = 0; i < parameters.leaves() * width; i++) {
        missing[i % width] ^= checks[from + i];
      }
      int hole = hole(tree);
      for (int x = 0; x < parameters.leaves(); x++) {
        byte unknown = (byte) ~-((x ^ hole) + parameters.leaves() - 1 >>> parameters.fieldBits());
        for (int i = 0; i < width; i++) {
          checks[from + x * width + i] ^= (byte) (missing[i] & unknown);
        }
      }
    }
    byte[] hash = Instance.leavesHash(run, checks);
    return ConstantTime.equal(hash, 0, claimed, trees * width, hash.length);
  }

  /** χ(w) = ṽ + ũ·Δ, row by row. */
  private boolean rowsAgree(byte[] challenge, long[][] w) {
    byte[] answer =
        LongFrames.receive(
            session.channel(), ExtensionSteps.ANSWER, counts.length * Instance.ANSWER_BYTES);
    byte[] expected = new byte[answer.length];
    for (int m = 0; m < counts.length; m++) {
      int words = parameters.rowWords(counts[m]);
      LinearHash hash = new LinearHash(session.kernels().gf128(), run, challenge, m, words);
      int at = m * Instance.ANSWER_BYTES;
      int width = LinearHash.HASH_BYTES;
      System.arraycopy(answer, at, expected, at, width);
      long[] rows = w[m];
      int instance = m;
      session
          .workers()
          .forRange(
              Instance.DELTA_BITS,
              16,
              (from, to) -> {
                for (int r = from; r < to; r++) {
                  int row = at + width * (1 + r);
                  hash.hash(rows, r * words, expected, row);
                  byte delta = (byte) -(deltas[2 * instance + (r >> 6)] >>> r & 1);
                  for (int i = 0; i < width; i++) {
                    expected[row + i] ^= (byte) (answer[at + i] & delta);
                  }
                }
              });
    }
    return ConstantTime.equal(expected, answer);
  }
}
