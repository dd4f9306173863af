package org.tidegate.connector.psi;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The directory of a divided run. One that the caller names survives a breakdown: it has the
 * buckets, once all of them are written, and the rows of each finished one. Every file appears
 * whole, after its content is on the disk.
 */
final class PsiWork implements AutoCloseable {
  private static final String STATE = "run.properties";
  private static final String LOCK = "lock";
  private static final int RUN_ID_BYTES = 32;

  private final Path directory;
  private final boolean kept;
  private final String input;
  private final FileChannel lock;
  private Optional<Unfinished> unfinished = Optional.empty();
  private final Thread discard;
  private boolean complete;

  /**
   * A run that can go on.
   *
   * @param runId of the run
   * @param method {@link PsiMethod#words}
   * @param finished how many buckets have ended, from the first
   */
  record Unfinished(String runId, String method, int finished) {
    byte[] runIdBytes() {
      return HexFormat.of().parseHex(runId);
    }
  }

  private PsiWork(Path directory, boolean kept, String input) throws IOException {
    this.directory = directory;
    this.kept = kept;
    this.input = input;
    this.discard = new Thread(this::discard, "psi-discard");
    this.lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** A directory that goes with the run. */
  static PsiWork temporary() {
    try {
      PsiWork work = new PsiWork(Files.createTempDirectory("tidegate-psi-"), false, "");
      Runtime.getRuntime().addShutdownHook(work.discard);
      return work;
    } catch (IOException e) {
      throw failed(Path.of(System.getProperty("java.io.tmpdir", ".")), e);
    }
  }

  /**
   * Opens or makes a directory that stays until the run has ended.
   *
   * @param input in words what this side brings; a run over something else is not gone on with
   * @throws PsiInputException if the directory is in use, has something else in it, or keeps a run
   *     over another input
   */
  static PsiWork at(Path directory, String input) {
    try {
      if (Files.notExists(directory)) {
        Files.createDirectories(directory);
        ownersOnly(directory);
      }
      requireOurs(directory);
      PsiWork work = new PsiWork(directory, true, input);
      try {
        work.take();
        work.load();
        return work;
      } catch (IOException | RuntimeException e) {
        work.lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  private static void ownersOnly(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void requireOurs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> foreign =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name ->
                  !name.matches("run\\.properties|lock|(bucket|rows)-\\d{6}|\\..*\\.partial"))
              .toList();
      if (!foreign.isEmpty()) {
        throw new PsiInputException(
            "psi.work",
            directory
                + " has something else in it ("
                + foreign.getFirst()
                + "); give a directory of its own");
      }
    }
  }

  private void take() throws IOException {
    FileLock taken;
    try {
      taken = lock.tryLock();
    } catch (OverlappingFileLockException e) {
      taken = null;
    }
    if (taken == null) {
      throw new PsiInputException(
          "psi.work", directory + " is in use by another run; wait for it, or give another");
    }
  }

  private void load() throws IOException {
    Path state = directory.resolve(STATE);
    if (Files.notExists(state)) {
      return;
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(state)) {
      read.load(reader);
    } catch (IllegalArgumentException e) {
      throw damaged(state);
    }
    String runId = read.getProperty("run", "");
    String method = read.getProperty("method", "");
    String over = read.getProperty("input", "");
    if (!runId.matches("[0-9a-f]{" + 2 * RUN_ID_BYTES + "}")
        || method.isEmpty()
        || over.isEmpty()) {
      throw damaged(state);
    }
    if (!over.equals(input)) {
      throw new PsiInputException(
          "psi.work",
          directory
              + " keeps an unfinished run over "
              + over
              + ", and this is "
              + input
              + "; run that again, or delete the directory");
    }
    int finished = 0;
    while (Files.exists(rowsFile(finished))) {
      finished++;
    }
    unfinished = Optional.of(new Unfinished(runId, method, finished));
  }

  private static PsiInputException damaged(Path state) {
    return new PsiInputException(
        "psi.work", state + " is damaged; delete the directory and run both sides again");
  }

  /** A run that can go on, if there is one. */
  Optional<Unfinished> unfinished() {
    return unfinished;
  }

  /** Where the buckets are. */
  SpillFiles spill() {
    return new SpillFiles(directory);
  }

  /** Forgets an earlier run. */
  void clear() {
    try (Stream<Path> files = Files.list(directory)) {
      // The state first: without it nothing else counts.
      Files.deleteIfExists(directory.resolve(STATE));
      for (Path file : files.filter(each -> !each.endsWith(LOCK)).toList()) {
        Files.deleteIfExists(file);
      }
      unfinished = Optional.empty();
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** All buckets are written: from here on the run can go on. */
  void divided(byte[] runId, PsiMethod method, int buckets) {
    if (!kept) {
      return;
    }
    try {
      spill().sync(buckets);
      Properties state = new Properties();
      state.setProperty("run", HexFormat.of().formatHex(runId));
      state.setProperty("method", method.words());
      state.setProperty("input", input);
      StringWriter text = new StringWriter();
      state.store(text, "An unfinished 'tidegate psi'; made for --work, not to be edited.");
      write(directory.resolve(STATE), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** A bucket has ended: its matching rows are kept. */
  void finish(int bucket, int[] rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows.length * Integer.BYTES);
    bytes.asIntBuffer().put(rows);
    try {
      write(rowsFile(bucket), bytes.array());
      if (!kept) {
        spill().drop(bucket);
      }
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** The matching rows of the first buckets. */
  int[] rows(int buckets) {
    try {
      int[] rows = new int[0];
      for (int bucket = 0; bucket < buckets; bucket++) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(rowsFile(bucket)));
        int start = rows.length;
        rows = Arrays.copyOf(rows, start + bytes.remaining() / Integer.BYTES);
        bytes.asIntBuffer().get(rows, start, rows.length - start);
      }
      return rows;
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  /** The result is out: nothing here is needed any longer. */
  void complete() {
    complete = true;
  }

  private Path rowsFile(int bucket) {
    return directory.resolve("rows-%06d".formatted(bucket));
  }

  private void write(Path target, byte[] content) throws IOException {
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (kept) {
        channel.force(true);
      }
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    if (kept) {
      try (FileChannel parent = FileChannel.open(directory)) {
        parent.force(true);
      }
    }
  }

  /** What a disk that fails means for a run. */
  static PsiInputException failed(Path directory, IOException e) {
    return new PsiInputException(
        "psi.work",
        directory + " cannot be used: " + DuckFile.firstLine(e) + "; free space or give another");
  }

  @Override
  public void close() {
    if (!kept || complete) {
      discard();
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw failed(directory, e);
    }
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(discard);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
      return;
    }
  }

  private void discard() {
    try {
      clear();
      Files.deleteIfExists(directory.resolve(LOCK));
      Files.deleteIfExists(directory);
    } catch (IOException | PsiInputException e) {
      // What is left is in a directory of its own and harms nothing.
      return;
    }
  }
}
