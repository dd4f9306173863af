package org.tidegate.connector.psi;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tidegate.mpc.psi.bucket.Spill;

/** A file a bucket, in a directory that only this user reads. */
final class SpillFiles implements Spill {
  private final Path directory;

  SpillFiles(Path directory) {
    this.directory = directory;
  }

  private Path file(int bucket) {
    return directory.resolve("bucket-%06d".formatted(bucket));
  }

  @Override
  public void append(int bucket, byte[] records, int length) {
    try (OutputStream out =
        Files.newOutputStream(file(bucket), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(records, 0, length);
    } catch (IOException e) {
      throw PsiWork.failed(directory, e);
    }
  }

  @Override
  public byte[] read(int bucket) {
    try {
      return Files.exists(file(bucket)) ? Files.readAllBytes(file(bucket)) : new byte[0];
    } catch (IOException e) {
      throw PsiWork.failed(directory, e);
    }
  }

  /** Lets a bucket go that is no longer needed. */
  void drop(int bucket) {
    try {
      Files.deleteIfExists(file(bucket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings everything to the disk. */
  void sync(int buckets) throws IOException {
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (Files.exists(file(bucket))) {
        try (FileChannel channel = FileChannel.open(file(bucket), StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }
}
