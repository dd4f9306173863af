package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.ElementIndex;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.random.SecretRandom;

/** Finds the matches between two doubly blinded lists. */
final class Matches {
  private Matches() {}

  /**
   * The rows of {@code list} that are in {@code other}, ascending.
   *
   * @throws ProtocolAbortException if an element is twice in either: honest parties have distinct
   *     keys, and a duplicate counts a match twice
   */
  static int[] rowsIn(byte[] list, byte[] other, SecretRandom random) {
    ElementIndex index = new ElementIndex(other, KeyLists.ELEMENT, random);
    if (!index.isDistinct()) {
      throw duplicate();
    }
    int rows = list.length / KeyLists.ELEMENT;
    int[] matches = new int[rows];
    boolean[] seen = new boolean[other.length / KeyLists.ELEMENT];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int found = index.find(list, row * KeyLists.ELEMENT);
      if (found >= 0) {
        if (seen[found]) {
          throw duplicate();
        }
        seen[found] = true;
        matches[count++] = row;
      }
    }
    return Arrays.copyOf(matches, count);
  }

  private static ProtocolAbortException duplicate() {
    return new ProtocolAbortException("the peer's list holds an element twice");
  }

  /**
   * Gives back a sum that its rows can have.
   *
   * @throws ProtocolAbortException if they cannot
   */
  static BigInteger checkPossible(SlotLayout layout, BigInteger sum, int slot, int rows) {
    if (!layout.possible(sum, slot, rows)) {
      throw new ProtocolAbortException(
          "the sum of column " + slot + " is out of the range that its rows allow");
    }
    return sum;
  }
}
