package org.tidegate.mpc.ot.extension;

import java.util.Arrays;
import org.tidegate.mpc.ggm.GgmTree;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.session.Session;

/** Shapes and hashes that both roles compute alike. */
final class Instance {
  static final int BLOCK = GgmTree.BLOCK_BYTES;
  static final int DELTA_BITS = ExtensionParameters.DELTA_BITS;

  /** Of the answer: the bits' hash, and one of each row. */
  static final int ANSWER_BYTES = LinearHash.HASH_BYTES * (1 + DELTA_BITS);

  /** Trees per piece of work. */
  static final int PIECE = 4;

  private Instance() {}

  static String baseUse(String use) {
    return "ot.extension/" + use;
  }

  /** What all hashes of a use begin with. */
  static byte[] run(Session session, ExtensionParameters parameters, String use, int[] counts) {
    DomainHash hash =
        session
            .binding()
            .hash("tidegate.ot.extension/1")
            .text(use)
            .bytes(parameters.digest())
            .number(counts.length);
    for (int count : counts) {
      hash.number(count);
    }
    return hash.finish();
  }

  /** The public keys of the run's trees. */
  static byte[] treeKeys(byte[] run) {
    return new DomainHash("tidegate.ot.extension.trees/1").bytes(run).finish();
  }

  /** Bytes of all corrections. */
  static int correctionBytes(ExtensionParameters parameters, int[] counts) {
    long bytes = 0;
    for (int count : counts) {
      bytes += 8L * parameters.trees() * parameters.rowWords(count);
    }
    return Math.toIntExact(bytes);
  }

  /** Column i of 128 rows, for i below {@code count}. */
  static long[] columns(Session session, long[] rows, int rowWords, int count) {
    assert rows.length == BitTranspose.ROWS * rowWords;
    long[] columns = new long[BitTranspose.ROWS * rowWords];
    session.kernels().transpose().transpose(rows, rowWords, columns);
    return Arrays.copyOf(columns, 2 * count);
  }

  /** The hash of all check words, tree after tree. */
  static byte[] leavesHash(byte[] run, byte[] checks) {
    return new DomainHash("tidegate.ot.extension.leaves/1").bytes(run).bytes(checks).finish();
  }
}
