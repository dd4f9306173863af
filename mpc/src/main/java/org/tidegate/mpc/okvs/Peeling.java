package org.tidegate.mpc.okvs;

import java.util.Arrays;

/**
 * Orders the rows of a cluster so that each has a column that stands in no row before it: while a
 * column is in one row only, take that row out. What remains is the 2-core. Reused, by one thread.
 */
final class Peeling {
  /** The rows taken out, first to last, and the column by which. */
  final int[] rows;

  final int[] columns;

  /** How many. */
  int count;

  // Per column: in how many rows it is, above the exclusive or of their numbers.
  private static final long ONE = 1L << 32;
  private final long[] state;
  private final int[] stack;

  Peeling(int capacity, int sparseSlots) {
    rows = new int[capacity];
    columns = new int[capacity];
    state = new long[sparseSlots];
    // A column comes on the stack at most once by every row that leaves it, and at the start.
    stack = new int[sparseSlots + 3 * capacity];
  }

  /** Peels rows [0, n). */
  void peel(int[] rowColumns, int n) {
    Arrays.fill(state, 0);
    for (int i = 0; i < n; i++) {
      add(rowColumns[3 * i], i);
      add(rowColumns[3 * i + 1], i);
      add(rowColumns[3 * i + 2], i);
    }
    int top = 0;
    for (int column = 0; column < state.length; column++) {
      stack[top] = column;
      top += state[column] >>> 32 == 1 ? 1 : 0;
    }
    int taken = 0;
    while (top > 0) {
      int column = stack[--top];
      if (state[column] >>> 32 != 1) {
        continue;
      }
      int row = (int) state[column];
      rows[taken] = row;
      columns[taken++] = column;
      for (int k = 3 * row; k < 3 * row + 3; k++) {
        int other = rowColumns[k];
        long left = (state[other] - ONE) ^ row;
        state[other] = left;
        stack[top] = other;
        top += left >>> 32 == 1 ? 1 : 0;
      }
    }
    count = taken;
  }

  private void add(int column, int row) {
    state[column] = (state[column] + ONE) ^ row;
  }

  /** Marks the rows that were taken out. */
  boolean[] taken(int n) {
    boolean[] taken = new boolean[n];
    for (int i = 0; i < count; i++) {
      taken[rows[i]] = true;
    }
    return taken;
  }
}
