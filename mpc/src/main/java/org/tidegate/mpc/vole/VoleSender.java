package org.tidegate.mpc.vole;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.ot.LongFrames;
import org.tidegate.mpc.ot.extension.BitVoleSender;
import org.tidegate.mpc.ot.extension.SenderBits;
import org.tidegate.mpc.ot.extension.TransferBlocks;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that gets Δ and b, ready to run once. */
public final class VoleSender {
  private final Session session;
  private final VoleParameters parameters;
  private final Shape shape;
  private final BitVoleSender transfers;
  private final RunGuard guard = new RunGuard();

  VoleSender(Session session, VoleParameters parameters, Shape shape, BitVoleSender transfers) {
    this.session = session;
    this.parameters = parameters;
    this.shape = shape;
    this.transfers = transfers;
  }

  /**
   * Runs the protocol.
   *
   * @throws ProtocolAbortException if the receiver's part is not consistent
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SenderShares run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private SenderShares runOnce() {
    SenderBits[] bits = transfers.run();
    long[] masks = TransferBlocks.sender(session, Trees.USE, bits[Trees.PATHS]);
    SenderBits values = bits[Trees.VALUES];
    LinearCode code = shape.code(session, parameters);
    long[] b = new long[2 * shape.size()];
    for (int part = 0; part < shape.parts(); part++) {
      long[] vector = code.vector();
      byte[] frame = grow(part, masks, values, vector, code.lead());
      LongFrames.send(session.channel(), VoleSteps.TREES, frame);
      session.channel().flush();
      if (shape.checked()) {
        answer(part, values, vector, code.lead());
      }
      Elements.compress(session, code, vector, b, part * shape.partSize(), shape.elements(part));
      session.progress().at(VoleSteps.TREES.name(), part + 1, shape.parts());
    }
    return new SenderShares(values.delta(), b);
  }

  /** Grows the trees: their leaves are the noise's b; gives what the receiver needs of each. */
  private byte[] grow(int part, long[] masks, SenderBits values, long[] vector, int lead) {
    byte[] seeds;
    try (SecretRandom random = session.random().fork("vole-sender/" + part)) {
      seeds = random.nextBytes(shape.trees() * Shape.BLOCK_BYTES);
    }
    byte[] frame = new byte[shape.trees() * shape.treeBytes()];
    session
        .workers()
        .forRange(
            shape.trees(),
            Trees.PIECE,
            (from, to) -> {
              session.checkAlive();
              GgmTree tree = new GgmTree(Shape.treeKeys(session));
              byte[] leaves = new byte[Shape.BLOCK_BYTES << shape.depth()];
              byte[] sums = new byte[2 * shape.depth() * Shape.BLOCK_BYTES];
              for (int i = from; i < to; i++) {
                int at = i * Shape.BLOCK_BYTES;
                byte[] seed = Arrays.copyOfRange(seeds, at, at + Shape.BLOCK_BYTES);
                tree.expand(seed, shape.depth(), leaves, sums);
                Elements.copy(leaves, shape.leaves(i), vector, 2 * (lead + shape.noise().start(i)));
                describe(part, i, leaves, sums, masks, values, frame);
              }
              Arrays.fill(leaves, (byte) 0);
              Arrays.fill(sums, (byte) 0);
            });
    Arrays.fill(seeds, (byte) 0);
    return frame;
  }

  /** Each level's sums under the transfers' masks, then s = Σ leaves + b of the tree's value. */
  private void describe(
      int part,
      int tree,
      byte[] leaves,
      byte[] sums,
      long[] masks,
      SenderBits values,
      byte[] frame) {
    int at = tree * shape.treeBytes();
    int words = 4 * shape.depth();
    int mask = 4 * shape.pathStart(part, tree);
    for (int word = 0; word < words; word++) {
      BigEndian.writeLongLittle(
          frame, at + 8 * word, BigEndian.readLongLittle(sums, 8 * word) ^ masks[mask + word]);
    }
    long[] s = new long[2];
    Elements.combine(values.w(), shape.valueStart(part, tree), shape.valueBits(), s, 0);
    Elements.sum(leaves, shape.leaves(tree), s, 0);
    BigEndian.writeLongLittle(frame, at + 8 * words, s[0]);
    BigEndian.writeLongLittle(frame, at + 8 * words + 8, s[1]);
  }

  /** V = Σ χ_j·b_j + b* + x'·Δ. */
  private void answer(int part, SenderBits values, long[] vector, int lead) {
    byte[] challenge = session.channel().receive(VoleSteps.CHALLENGE, TreeCheck.CHALLENGE_BYTES);
    if (challenge.length != TreeCheck.CHALLENGE_BYTES) {
      throw new ProtocolAbortException(
          "step %s: a frame of %d bytes".formatted(VoleSteps.CHALLENGE, challenge.length));
    }
    TreeCheck check = new TreeCheck(session, Arrays.copyOf(challenge, TreeCheck.SEED_BYTES));
    long[] x = {
      BigEndian.readLongLittle(challenge, TreeCheck.SEED_BYTES),
      BigEndian.readLongLittle(challenge, TreeCheck.SEED_BYTES + 8)
    };
    long[] sum =
        check.combine(vector, lead, shape.noise().length(), new int[0], new long[0]).dense();
    long[] mask = new long[2];
    Elements.combine(
        values.w(), shape.valueStart(part, shape.trees()), VoleParameters.ELEMENT_BITS, mask, 0);
    long[] shift = check.product(x, values.delta());
    byte[] answer =
        check.answer(new long[] {sum[0] ^ mask[0] ^ shift[0], sum[1] ^ mask[1] ^ shift[1]});
    session.channel().send(VoleSteps.ANSWER, answer);
    session.channel().flush();
  }
}
