package org.tidegate.mpc.ggm;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.MmoHash;

/** Expands seeds into trees, and punctured trees; see the package. For one thread at a time. */
public final class GgmTree {
  /** Bytes of a node. */
  public static final int BLOCK_BYTES = MmoHash.BLOCK_BYTES;

  /** Bytes of the two public keys. */
  public static final int KEY_BYTES = 2 * MmoHash.BLOCK_BYTES;

  /** The deepest tree. */
  public static final int MAX_DEPTH = 24;

  private final MmoHash left;
  private final MmoHash right;

  /**
   * Trees under the given public keys.
   *
   * @param keys {@link #KEY_BYTES} bytes
   */
  public GgmTree(byte[] keys) {
    if (keys.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the keys have %d bytes, not %d".formatted(KEY_BYTES, keys.length));
    }
    left = new MmoHash(keys, 0);
    right = new MmoHash(keys, MmoHash.BLOCK_BYTES);
  }

  /**
   * Grows a tree.
   *
   * @param seed the root, {@link #BLOCK_BYTES} bytes
   * @param depth at least 1
   * @param leaves receives 2^depth blocks; leaf j at block j
   * @param sums receives 2·depth blocks: at block 2l the sum of all left children of level l, at 2l
   *     + 1 that of all right ones
   */
  public void expand(byte[] seed, int depth, byte[] leaves, byte[] sums) {
    check(depth, leaves, sums, 2 * depth);
    System.arraycopy(seed, 0, leaves, 0, BLOCK_BYTES);
    for (int level = 0; level < depth; level++) {
      int width = 1 << level;
      grow(leaves, width);
      sum(leaves, 0, width, sums, 2 * level);
      sum(leaves, width, width, sums, 2 * level + 1);
    }
  }

  /**
   * Grows a tree without the path to one leaf.
   *
   * @param hole the number of that leaf; its block becomes zero
   * @param sums {@code depth} blocks: at block l, of {@link #expand}'s sums of level l, that of the
   *     side on which the path does not go on
   */
  public void expandPunctured(int hole, int depth, byte[] sums, byte[] leaves) {
    check(depth, leaves, sums, depth);
    if (hole < 0 || hole >>> depth != 0) {
      throw new IllegalArgumentException(
          "a tree of depth %d has no leaf %d".formatted(depth, hole));
    }
    for (int level = 0; level < depth; level++) {
      int width = 1 << level;
      int onPath = hole & width - 1;
      grow(leaves, width);
      // Both children of the unknown node are nonsense: away with one, mend the other.
      int side = hole >>> level & 1;
      int known = onPath + (1 - side) * width;
      zero(leaves, onPath + side * width);
      zero(leaves, known);
      byte[] mended = new byte[BLOCK_BYTES];
      sum(leaves, (1 - side) * width, width, mended, 0);
      for (int i = 0; i < BLOCK_BYTES; i++) {
        leaves[known * BLOCK_BYTES + i] = (byte) (mended[i] ^ sums[level * BLOCK_BYTES + i]);
      }
    }
  }

  /** Nodes [0, width) become left children in their place, and right ones after them. */
  private void grow(byte[] nodes, int width) {
    right.hash(nodes, 0, nodes, width * BLOCK_BYTES, width);
    left.hash(nodes, 0, nodes, 0, width);
  }

  private static void zero(byte[] nodes, int at) {
    Arrays.fill(nodes, at * BLOCK_BYTES, (at + 1) * BLOCK_BYTES, (byte) 0);
  }

  private static void sum(byte[] nodes, int from, int count, byte[] sums, int at) {
    long low = 0;
    long high = 0;
    for (int i = from * BLOCK_BYTES; i < (from + count) * BLOCK_BYTES; i += BLOCK_BYTES) {
      low ^= BigEndian.readLongLittle(nodes, i);
      high ^= BigEndian.readLongLittle(nodes, i + 8);
    }
    BigEndian.writeLongLittle(sums, at * BLOCK_BYTES, low);
    BigEndian.writeLongLittle(sums, at * BLOCK_BYTES + 8, high);
  }

  private static void check(int depth, byte[] leaves, byte[] sums, int sumBlocks) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a tree has a depth of 1 to %d, not %d".formatted(MAX_DEPTH, depth));
    }
    if (leaves.length < BLOCK_BYTES << depth || sums.length < sumBlocks * BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "a tree of depth %d has %d leaves and %d sums: too little room in %d and %d bytes"
              .formatted(depth, 1 << depth, sumBlocks, leaves.length, sums.length));
    }
  }
}
