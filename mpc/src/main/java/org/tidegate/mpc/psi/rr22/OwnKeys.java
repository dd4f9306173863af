package org.tidegate.mpc.psi.rr22;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;

/**
 * A party's own keys as the protocol takes them: the tokens of the distinct ones. A key that is
 * there twice takes part once, so that the peer sees no frequencies.
 */
final class OwnKeys {
  /** For each row the first row with the same key. */
  final int[] firstRows;

  /** The rows that are the first with their key, ascending. */
  final int[] rows;

  private final byte[] tokens;

  OwnKeys(Session session, PackedBytes keys) {
    tokens = KeyTokens.of(session, Rr22Steps.PROTOCOL, keys);
    firstRows = KeyTokens.firstRows(tokens);
    int[] distinct = new int[firstRows.length];
    int count = 0;
    for (int row = 0; row < firstRows.length; row++) {
      if (firstRows[row] == row) {
        distinct[count++] = row;
      }
    }
    rows = count == distinct.length ? distinct : Arrays.copyOf(distinct, count);
  }

  /**
   * The tokens of the distinct keys in the order of their rows, then random ones, which match
   * nothing.
   *
   * @param count how many tokens in all
   */
  byte[] tokens(int count, SecretRandom random) {
    if (count == firstRows.length && rows.length == count) {
      return tokens;
    }
    byte[] list = new byte[Math.multiplyExact(count, KeyTokens.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          tokens, rows[i] * KeyTokens.BYTES, list, i * KeyTokens.BYTES, KeyTokens.BYTES);
    }
    int padding = rows.length * KeyTokens.BYTES;
    random.nextBytes(list, padding, list.length - padding);
    return list;
  }

  /**
   * All rows of some keys, ascending.
   *
   * @param matches for each of {@link #rows}, whether its key is among them
   */
  int[] rowsOf(boolean[] matches) {
    boolean[] matchesRow = new boolean[firstRows.length];
    for (int i = 0; i < rows.length; i++) {
      matchesRow[rows[i]] = matches[i];
    }
    int[] found = new int[firstRows.length];
    int count = 0;
    for (int row = 0; row < found.length; row++) {
      if (matchesRow[firstRows[row]]) {
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
