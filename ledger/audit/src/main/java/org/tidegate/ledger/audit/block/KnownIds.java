package org.tidegate.ledger.audit.block;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A set of transaction ids. An id is 64 hex digits unless somebody made one up; those are kept as
 * 32 bytes in one array with open addressing, a tenth of what objects would take. One thread.
 */
final class KnownIds {
  private static final int ID_BYTES = 32;
  private static final int FIRST_SLOTS = 1 << 8;

  // Slot i is used where used[i]; its id is at ids[32 i].
  private byte[] ids = new byte[FIRST_SLOTS * ID_BYTES];
  private boolean[] used = new boolean[FIRST_SLOTS];
  private int size;
  private final Set<String> others = new HashSet<>();

  /** Adds an id. */
  void add(String id) {
    byte[] bytes = bytes(id);
    if (bytes.length == 0) {
      others.add(id);
      return;
    }
    if (2 * (size + 1) > used.length) {
      grow();
    }
    insert(bytes, 0);
  }

  /** Whether it was added. */
  boolean contains(String id) {
    byte[] bytes = bytes(id);
    return bytes.length == 0 ? others.contains(id) : used[slot(bytes, 0)];
  }

  private void insert(byte[] from, int at) {
    int slot = slot(from, at);
    if (!used[slot]) {
      used[slot] = true;
      System.arraycopy(from, at, ids, slot * ID_BYTES, ID_BYTES);
      size++;
    }
  }

  /** Where the id is, or where it belongs. */
  private int slot(byte[] from, int at) {
    int hash =
        (from[at] & 0xff)
            | (from[at + 1] & 0xff) << 8
            | (from[at + 2] & 0xff) << 16
            | from[at + 3] << 24;
    int slot = hash & used.length - 1;
    while (used[slot]
        && !Arrays.equals(ids, slot * ID_BYTES, (slot + 1) * ID_BYTES, from, at, at + ID_BYTES)) {
      slot = slot + 1 & used.length - 1;
    }
    return slot;
  }

  private void grow() {
    byte[] oldIds = ids;
    boolean[] oldUsed = used;
    ids = new byte[2 * oldIds.length];
    used = new boolean[2 * oldUsed.length];
    size = 0;
    for (int slot = 0; slot < oldUsed.length; slot++) {
      if (oldUsed[slot]) {
        insert(oldIds, slot * ID_BYTES);
      }
    }
  }

  /** The 32 bytes of an id as the honest make them; empty for any other text. */
  private static byte[] bytes(String id) {
    if (id.length() != 2 * ID_BYTES) {
      return new byte[0];
    }
    for (int i = 0; i < id.length(); i++) {
      char digit = id.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return new byte[0];
      }
    }
    return HexFormat.of().parseHex(id);
  }
}
