package org.tidegate.mpc.vole;

import org.tidegate.mpc.lpn.ExpandConvolute;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.lpn.RegularNoise;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * The sizes of a run.
 *
 * @param size elements wanted
 * @param noise where the code's input has its noise; one tree a stretch
 * @param depth of every tree
 * @param valueBits of each noise value
 * @param checked whether the trees are checked
 */
record Shape(int size, RegularNoise noise, int depth, int valueBits, boolean checked) {
  /** Bytes of a node, a mask and an element. */
  static final int BLOCK_BYTES = 16;

  static Shape of(VoleParameters parameters, int size) {
    if (size < 1 || size > VoleParameters.MAX_SIZE) {
      throw new IllegalArgumentException(
          "%d elements are not within 1 and %d".formatted(size, VoleParameters.MAX_SIZE));
    }
    RegularNoise noise = parameters.noise(size);
    int widest = (noise.length() - 1) / noise.weight() + 1;
    return new Shape(
        size,
        noise,
        32 - Integer.numberOfLeadingZeros(widest - 1),
        parameters.valueBits(),
        parameters.adversary() == Adversary.MALICIOUS);
  }

  int trees() {
    return noise.weight();
  }

  /** How many bits choose the paths. */
  int pathBits() {
    return trees() * depth;
  }

  /** How many bits the values have, the check's mask after them. */
  int allValueBits() {
    return trees() * valueBits + (checked ? VoleParameters.ELEMENT_BITS : 0);
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
            .number(size)
            .finish();
    return new ExpandConvolute(
        parameters.code(), noise.length() / 2, seed, session.kernels().blockCode());
  }

  /** The trees' public keys. */
  static byte[] treeKeys(Session session) {
    return session.binding().hash("tidegate.vole.trees/1").finish();
  }
}
