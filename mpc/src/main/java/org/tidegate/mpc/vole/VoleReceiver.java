package org.tidegate.mpc.vole;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.ConstantTime;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.ot.LongFrames;
import org.tidegate.mpc.ot.extension.BitVoleReceiver;
import org.tidegate.mpc.ot.extension.ReceiverBits;
import org.tidegate.mpc.ot.extension.TransferBlocks;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that gets a and c, ready to run once. */
public final class VoleReceiver {
  private final Session session;
  private final VoleParameters parameters;
  private final Shape shape;
  private final BitVoleReceiver transfers;
  private final RunGuard guard = new RunGuard();

  VoleReceiver(Session session, VoleParameters parameters, Shape shape, BitVoleReceiver transfers) {
    this.session = session;
    this.parameters = parameters;
    this.shape = shape;
    this.transfers = transfers;
  }

  /**
   * Runs the protocol.
   *
   * @throws ProtocolAbortException if the sender's part is not consistent
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public ReceiverShares run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private ReceiverShares runOnce() {
    try (SecretRandom random = session.random().fork("vole-receiver")) {
      int[][] places = new int[shape.parts()][];
      Arrays.setAll(places, part -> shape.noise().places(random));
      long[] values = NoiseValues.draw(shape, random);
      ReceiverBits[] bits = transfers.run(paths(places), values);
      long[] masks = TransferBlocks.receiver(session, Trees.USE, bits[Trees.PATHS]);
      LinearCode code = shape.code(session, parameters);
      long[] a = new long[2 * shape.size()];
      long[] c = new long[2 * shape.size()];
      for (int part = 0; part < shape.parts(); part++) {
        byte[] frame =
            LongFrames.receive(
                session.channel(), VoleSteps.TREES, shape.trees() * shape.treeBytes());
        long[] vector = code.vector();
        grow(part, places[part], masks, bits[Trees.VALUES], frame, vector, code.lead());
        long[] noise = noise(part, values);
        if (shape.checked()) {
          check(part, random, values, bits[Trees.VALUES], places[part], noise, vector, code.lead());
        }
        int at = part * shape.partSize();
        Elements.compress(session, code, vector, c, at, shape.elements(part));
        Arrays.fill(vector, 0);
        for (int i = 0; i < shape.trees(); i++) {
          System.arraycopy(noise, 2 * i, vector, 2 * (code.lead() + places[part][i]), 2);
        }
        Elements.compress(session, code, vector, a, at, shape.elements(part));
        session.progress().at(VoleSteps.TREES.name(), part + 1, shape.parts());
      }
      return new ReceiverShares(a, c);
    }
  }

  /** The values of a part's trees, pairs of words. */
  private long[] noise(int part, long[] values) {
    long[] noise = new long[2 * shape.trees()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] =
          NoiseValues.element(values, shape.valueStart(part, i / 2), shape.valueBits(), i % 2);
    }
    return noise;
  }

  /**
   * Of each part, bit depth·i + l: the side of level l of tree i on which the path does not go on.
   */
  private long[] paths(int[][] places) {
    long[] bits = new long[(shape.parts() * shape.pathBits() + 63) / 64];
    for (int part = 0; part < places.length; part++) {
      for (int i = 0; i < shape.trees(); i++) {
        int hole = places[part][i] - shape.noise().start(i);
        for (int level = 0; level < shape.depth(); level++) {
          int at = shape.pathStart(part, i) + level;
          bits[at >> 6] |= (~(long) hole >>> level & 1) << at;
        }
      }
    }
    return bits;
  }

  /** Grows the punctured trees, and fills their holes with what makes c = a·Δ + b there. */
  private void grow(
      int part, int[] places, long[] masks, ReceiverBits values, byte[] frame, long[] c, int lead) {
    session
        .workers()
        .forRange(
            shape.trees(),
            Trees.PIECE,
            (from, to) -> {
              session.checkAlive();
              GgmTree tree = new GgmTree(Shape.treeKeys(session));
              byte[] leaves = new byte[Shape.BLOCK_BYTES << shape.depth()];
              byte[] sums = new byte[shape.depth() * Shape.BLOCK_BYTES];
              for (int i = from; i < to; i++) {
                int start = shape.noise().start(i);
                int hole = places[i] - start;
                unmask(part, i, hole, masks, frame, sums);
                tree.expandPunctured(hole, shape.depth(), sums, leaves);
                Elements.copy(leaves, shape.leaves(i), c, 2 * (lead + start));
                int at = 2 * (lead + places[i]);
                Elements.combine(values.v(), shape.valueStart(part, i), shape.valueBits(), c, at);
                // The hole's own leaf counts as zero.
                Elements.sum(leaves, shape.leaves(i), c, at);
                int s = (i + 1) * shape.treeBytes() - Shape.BLOCK_BYTES;
                c[at] ^= BigEndian.readLongLittle(frame, s);
                c[at + 1] ^= BigEndian.readLongLittle(frame, s + 8);
              }
              Arrays.fill(leaves, (byte) 0);
            });
  }

  private void unmask(int part, int tree, int hole, long[] masks, byte[] frame, byte[] sums) {
    for (int level = 0; level < shape.depth(); level++) {
      int side = 1 - (hole >>> level & 1);
      int from = tree * shape.treeBytes() + (2 * level + side) * Shape.BLOCK_BYTES;
      int mask = 2 * (shape.pathStart(part, tree) + level);
      int to = level * Shape.BLOCK_BYTES;
      BigEndian.writeLongLittle(sums, to, BigEndian.readLongLittle(frame, from) ^ masks[mask]);
      BigEndian.writeLongLittle(
          sums, to + 8, BigEndian.readLongLittle(frame, from + 8) ^ masks[mask + 1]);
    }
  }

  /** x' = Σ χ_j·a_j + x*; the sender must know V = Σ χ_j·c_j + c*. */
  private void check(
      int part,
      SecretRandom random,
      long[] values,
      ReceiverBits shares,
      int[] places,
      long[] noise,
      long[] c,
      int lead) {
    byte[] challenge = new byte[TreeCheck.CHALLENGE_BYTES];
    random.nextBytes(challenge, 0, TreeCheck.SEED_BYTES);
    TreeCheck check = new TreeCheck(session, Arrays.copyOf(challenge, TreeCheck.SEED_BYTES));
    int mask = shape.valueStart(part, shape.trees());
    TreeCheck.Sums sums = check.combine(c, lead, shape.noise().length(), places, noise);
    long[] x = sums.sparse();
    for (int word = 0; word < 2; word++) {
      BigEndian.writeLongLittle(
          challenge,
          TreeCheck.SEED_BYTES + 8 * word,
          x[word] ^ NoiseValues.element(values, mask, VoleParameters.ELEMENT_BITS, word));
    }
    session.channel().send(VoleSteps.CHALLENGE, challenge);
    session.channel().flush();
    long[] v = sums.dense();
    long[] star = new long[2];
    Elements.combine(shares.v(), mask, VoleParameters.ELEMENT_BITS, star, 0);
    byte[] expected = check.answer(new long[] {v[0] ^ star[0], v[1] ^ star[1]});
    byte[] answer = session.channel().receive(VoleSteps.ANSWER, TreeCheck.ANSWER_BYTES);
    if (!ConstantTime.equal(answer, expected)) {
      throw new ProtocolAbortException(
          "step " + VoleSteps.ANSWER + ": the sender's trees are not consistent");
    }
  }
}
