package org.tidegate.connector.psi;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys of one side: read already, or, where they are too many to be held at once, counted and
 * read again when they are divided.
 */
final class PsiInput {
  private final KeyedFile file;
  private final Optional<KeyedFile.Keys> keys;
  private final int fileRows;

  private PsiInput(KeyedFile file, Optional<KeyedFile.Keys> keys, int fileRows) {
    this.file = file;
    this.keys = keys;
    this.fileRows = fileRows;
  }

  /** Reads, or counts. */
  static PsiInput of(KeyedFile file, int bucketRows) {
    if (!file.isSmall()) {
      int rows = file.rows();
      if (rows > PsiMethod.wholeRows(bucketRows)) {
        return new PsiInput(file, Optional.empty(), rows);
      }
    }
    KeyedFile.Keys keys = file.keys();
    return new PsiInput(file, Optional.of(keys), keys.fileRows());
  }

  /** Rows of the file. */
  int fileRows() {
    return fileRows;
  }

  /** The most keys it can have. */
  int most() {
    return keys.map(all -> all.keys().rows()).orElse(fileRows);
  }

  /** All keys. */
  KeyedFile.Keys keys() {
    return keys.orElseGet(file::keys);
  }

  /** Hands all keys over, block by block. */
  void stream(Consumer<KeyedFile.Keys> taker) {
    keys.ifPresentOrElse(taker, () -> file.stream(taker));
  }
}
