package org.tidegate.ledger.contract;

import java.util.List;

/**
 * The numbers under a prefix whose keys are absent. Walks the keys that are there in order and
 * takes the gaps between them, so an untouched range costs nothing.
 *
 * @param call the transaction
 * @param prefix of the numbered keys
 * @param max how many are wanted
 */
record Gaps(Call call, String prefix, int max) {
  /** Adds the absent numbers of {@code first..last} to {@code free}, up to {@code max} in all. */
  void collect(int first, int last, List<Integer> free) {
    if (first > last || free.size() >= max) {
      return;
    }
    int[] next = {first};
    call.range(
        Keys.numbered(prefix, first),
        Keys.numbered(prefix, last) + "~",
        (key, value) -> {
          int taken = Integer.parseInt(key.substring(prefix.length()));
          addUpTo(taken, next, free);
          next[0] = taken + 1;
          return free.size() < max;
        });
    addUpTo(last + 1, next, free);
  }

  private void addUpTo(int end, int[] next, List<Integer> free) {
    while (next[0] < end && free.size() < max) {
      free.add(next[0]++);
    }
  }
}
