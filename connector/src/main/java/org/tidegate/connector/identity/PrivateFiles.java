package org.tidegate.connector.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files that survive a crash whole and that nobody else on the machine reads: written to a
 * temporary file beside the target, synced, renamed over it, and the directory synced.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> SHARED =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> HOME = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private PrivateFiles() {}

  /**
   * Makes the directory, and its missing parents, with mode 0700; an existing one is set to 0700.
   */
  public static void makeHome(Path directory) {
    try {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory, attributes(directory, HOME));
      }
      if (posix(directory)) {
        Files.setPosixFilePermissions(directory, HOME);
      }
    } catch (IOException e) {
      throw failed("make the directory", directory, e);
    }
  }

  /**
   * Makes a directory (mode 0700) with everything in it, or not at all: it is filled under another
   * name beside the target and renamed.
   */
  static void makeWhole(Path target, Consumer<Path> fill) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IdentityException(IdentityException.Code.ARGUMENT, target + " is not a directory");
    }
    Path draft = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    makeHome(draft);
    try {
      fill.accept(draft);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(parent);
    } catch (IOException e) {
      deleteFlat(draft, e);
      throw failed("make", target, e);
    } catch (RuntimeException e) {
      deleteFlat(draft, e);
      throw e;
    }
  }

  private static void deleteFlat(Path directory, Exception because) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Writes a file that only this user reads (mode 0600), whole or not at all. */
  public static void writeSecret(Path file, byte[] content) {
    write(file, content, SECRET);
  }

  /** Writes a file that may be passed on (mode 0644), whole or not at all. */
  public static void writeShared(Path file, byte[] content) {
    write(file, content, SHARED);
  }

  /**
   * Reads at most {@code maxBytes}.
   *
   * @throws IdentityException if there is no such file, it cannot be read, or it is longer
   */
  public static byte[] read(Path file, int maxBytes, String whatToDo) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > maxBytes) {
        throw new IdentityException(
            IdentityException.Code.MALFORMED,
            file
                + " is "
                + size
                + " bytes long; at most "
                + maxBytes
                + " are expected. "
                + whatToDo);
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until the file is read whole.
      }
      byte[] content = new byte[buffer.position()];
      buffer.flip().get(content);
      return content;
    } catch (NoSuchFileException e) {
      throw new IdentityException(
          IdentityException.Code.MISSING, "there is no file " + file + ". " + whatToDo, e);
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /**
   * Checks that nobody but the owner may read or change a secret file.
   *
   * @throws IdentityException naming the file, its mode and the command that mends it
   */
  public static void requireSecret(Path file) {
    try {
      if (!Files.exists(file) || !posix(file)) {
        return;
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
      open.retainAll(permissions);
      if (!open.isEmpty()) {
        throw new IdentityException(
            IdentityException.Code.PERMISSIONS,
            "the private key "
                + file
                + " is open to other users of this machine ("
                + PosixFilePermissions.toString(permissions)
                + "). If nobody else has read it, run: chmod 600 "
                + file
                + "; otherwise issue a new one.");
      }
    } catch (IOException e) {
      throw failed("read the mode of", file, e);
    }
  }

  /** Something that changes whenever the file is replaced; absent files have one, too. */
  static Object stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (NoSuchFileException e) {
      return "absent";
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** Makes a rename or a new file in the directory durable. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Directories cannot be opened on Windows, where the rename is durable without it.
      if (posix(directory)) {
        throw e;
      }
    }
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> mode) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IdentityException(IdentityException.Code.ARGUMENT, file + " is not a file name");
    }
    Path temporary = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
              attributes(directory, mode))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory(directory);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw failed("write", file, e);
    }
  }

  private static FileAttribute<?>[] attributes(Path where, Set<PosixFilePermission> mode) {
    return posix(where)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static IdentityException failed(String what, Path file, IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException missing -> "no such directory";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return new IdentityException(
        IdentityException.Code.FILE,
        "cannot "
            + what
            + " "
            + file
            + ": "
            + reason
            + ". Check the path, its owner and free space.",
        e);
  }
}
