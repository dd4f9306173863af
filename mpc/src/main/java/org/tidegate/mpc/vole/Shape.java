package org.tidegate.mpc.vole;

import org.tidegate.mpc.lpn.ExpandConvolute;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.lpn.RegularNoise;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * The sizes of a run, which is made in parts of one size, each with noise of its own: a part's
 * vectors are read at random, and should stay in the cache.
 *
 * @param size elements wanted
 * @param parts how many parts
 * @param partSize elements of each, the last one's beyond {@code size} belonging to nobody
 * @param noise where the code's input has its noise; one tree a stretch
 * @param depth of every tree
 * @param valueBits of each noise value
 * @param checked whether the trees are checked
 */
record Shape(
    int size,
    int parts,
    int partSize,
    RegularNoise noise,
    int depth,
    int valueBits,
    boolean checked) {
  /** Bytes of a node, a mask and an element. */
  static final int BLOCK_BYTES = 16;

  // Measured: a stretch of the code then fits a core's second cache of a mebibyte.
  private static final int MAX_PART = 1 << 19;

  static Shape of(VoleParameters parameters, int size) {
    if (size < 1 || size > VoleParameters.MAX_SIZE) {
      throw new IllegalArgumentException(
          "%d elements are not within 1 and %d".formatted(size, VoleParameters.MAX_SIZE));
    }
    int parts = (size - 1) / MAX_PART + 1;
    int partSize = (size - 1) / parts + 1;
    RegularNoise noise = parameters.noise(partSize);
    int widest = (noise.length() - 1) / noise.weight() + 1;
    return new Shape(
        size,
        parts,
        partSize,
        noise,
        32 - Integer.numberOfLeadingZeros(widest - 1),
        parameters.valueBits(),
        parameters.adversary() == Adversary.MALICIOUS);
  }

  /** Elements that part {@code part} gives. */
  int elements(int part) {
    return Math.min(partSize, size - part * partSize);
  }

  /** Trees of a part. */
  int trees() {
    return noise.weight();
  }

  /** How many bits choose the paths of a part. */
  int pathBits() {
    return trees() * depth;
  }

  /** How many bits the values of a part have, the check's mask after them. */
  int allValueBits() {
    return trees() * valueBits + (checked ? VoleParameters.ELEMENT_BITS : 0);
  }

  /** Where the bits of a tree's value begin; after the last tree's, the check's mask. */
  int valueStart(int part, int tree) {
    return part * allValueBits() + tree * valueBits;
  }

  /** Where the bits of a tree's path begin. */
  int pathStart(int part, int tree) {
    return part * pathBits() + tree * depth;
  }

  /** Bytes of a tree on the wire: two masked sums a level, and s. */
  int treeBytes() {
    return (2 * depth + 1) * BLOCK_BYTES;
  }

  /** Leaves of tree i that are used; the others belong to nobody. */
  int leaves(int tree) {
    return noise.start(tree + 1) - noise.start(tree);
  }

  /** The code, which the run's binding chooses. */
  LinearCode code(Session session, VoleParameters parameters) {
    byte[] seed =
        session
            .binding()
            .hash("tidegate.vole.code/1")
            .text(parameters.code().text())
            .number(partSize)
            .finish();
    return new ExpandConvolute(
        parameters.code(), noise.length() / 2, seed, session.kernels().blockCode());
  }

  /** The trees' public keys. */
  static byte[] treeKeys(Session session) {
    return session.binding().hash("tidegate.vole.trees/1").finish();
  }
}
