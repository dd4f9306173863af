package org.tidegate.mpc.ggm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.hash.MmoHash;

class GgmTreeTest {
  private final Random random = new Random(2013);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] block(byte[] blocks, int i) {
    return Arrays.copyOfRange(blocks, 16 * i, 16 * i + 16);
  }

  @Test
  void leavesAreReachedByTheirBits() {
    byte[] keys = bytes(32);
    byte[] seed = bytes(16);
    for (int depth : new int[] {1, 2, 5, 10}) {
      byte[] leaves = bytes(16 << depth);
      byte[] sums = bytes(32 * depth);
      new GgmTree(keys).expand(seed, depth, leaves, sums);
      for (int leaf = 0; leaf < 1 << depth; leaf++) {
        byte[] node = seed.clone();
        for (int level = 0; level < depth; level++) {
          new MmoHash(keys, 16 * (leaf >>> level & 1)).hash(node, 0, node, 0, 1);
        }
        assertThat(block(leaves, leaf)).isEqualTo(node);
      }
    }
  }

  @Test
  void sumsMendAllLeavesButOne() {
    byte[] keys = bytes(32);
    int depth = 9;
    byte[] leaves = new byte[16 << depth];
    byte[] sums = new byte[32 * depth];
    GgmTree tree = new GgmTree(keys);
    tree.expand(bytes(16), depth, leaves, sums);
    for (int hole : new int[] {0, 1, 2, 255, 256, 300, 511}) {
      byte[] known = new byte[16 * depth];
      for (int level = 0; level < depth; level++) {
        int other = 1 - (hole >>> level & 1);
        System.arraycopy(sums, 16 * (2 * level + other), known, 16 * level, 16);
      }
      byte[] punctured = bytes(leaves.length);
      tree.expandPunctured(hole, depth, known, punctured);
      byte[] expected = leaves.clone();
      Arrays.fill(expected, 16 * hole, 16 * hole + 16, (byte) 0);
      assertThat(punctured).as("hole %d", hole).isEqualTo(expected);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    GgmTree tree = new GgmTree(new byte[32]);
    assertThatThrownBy(() -> tree.expand(new byte[16], 25, new byte[16], new byte[800]))
        .hasMessage("a tree has a depth of 1 to 24, not 25");
    assertThatThrownBy(() -> tree.expand(new byte[16], 3, new byte[127], new byte[96]))
        .hasMessage(
            "a tree of depth 3 has 8 leaves and 6 sums: too little room in 127 and 96 bytes");
    assertThatThrownBy(() -> tree.expandPunctured(8, 3, new byte[48], new byte[128]))
        .hasMessage("a tree of depth 3 has no leaf 8");
    assertThatThrownBy(() -> new GgmTree(new byte[16]))
        .hasMessage("the keys have 32 bytes, not 16");
  }
}
