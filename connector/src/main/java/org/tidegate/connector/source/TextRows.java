package org.tidegate.connector.source;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Rows of texts in one array: value {@code v = row · columns + column} is the UTF-8 text {@code
 * data[offsets[v], offsets[v + 1])}, or NULL. A row is made when it is asked for.
 */
public final class TextRows extends AbstractList<List<@Nullable String>> implements RandomAccess {
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private final int columns;
  private final long maxBytes;
  private byte[] data = new byte[1 << 12];
  private int[] offsets = new int[1 << 8];
  private long[] nulls = new long[1 << 2];
  private int values;

  /**
   * No rows yet.
   *
   * @param columns at least 1
   * @param maxBytes of text, all rows together
   */
  TextRows(int columns, long maxBytes) {
    this.columns = columns;
    this.maxBytes = Math.min(maxBytes, LARGEST);
  }

  /**
   * Adds the next value of the row.
   *
   * @return whether there was space for it
   */
  boolean add(@Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    int start = offsets[values];
    if (start + (long) bytes.length > maxBytes || values > LARGEST - 2) {
      return false;
    }
    if (start + bytes.length > data.length) {
      long wanted = Math.max(2L * data.length, start + (long) bytes.length);
      data = Arrays.copyOf(data, (int) Math.min(LARGEST, wanted));
    }
    System.arraycopy(bytes, 0, data, start, bytes.length);
    if (values + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, (int) Math.min(LARGEST, 2L * offsets.length));
      nulls = Arrays.copyOf(nulls, offsets.length / Long.SIZE + 1);
    }
    if (text == null) {
      nulls[values / Long.SIZE] |= 1L << (values % Long.SIZE);
    }
    offsets[++values] = start + bytes.length;
    return true;
  }

  @Override
  public List<@Nullable String> get(int row) {
    if (row < 0 || row >= size()) {
      throw new IndexOutOfBoundsException("row " + row + " of " + size());
    }
    List<@Nullable String> texts = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      int value = row * columns + column;
      boolean isNull = (nulls[value / Long.SIZE] >>> (value % Long.SIZE) & 1) != 0;
      int start = offsets[value];
      texts.add(
          isNull
              ? null
              : new String(data, start, offsets[value + 1] - start, StandardCharsets.UTF_8));
    }
    return Collections.unmodifiableList(texts);
  }

  @Override
  public int size() {
    return values / columns;
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "TextRows[rows=" + size() + ", columns=" + columns + "]";
  }
}
