package org.tidegate.ledger.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * The file in which a watch keeps what it has announced, a line of canonical JSON each: what is
 * watched, findings, and the hashes of heads that it has seen. A line is on the disk before its
 * finding is announced. A last line that a crash cut short is cut off when the file is opened.
 */
final class WatchJournal implements AutoCloseable {
  private static final String TYPE = "tidegate.watch/1";
  private static final long MAX_BYTES = 1L << 30;

  private final Path file;
  private final FileChannel channel;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> lines = new HashSet<>();
  private final Map<Long, Digest> heads = new TreeMap<>();

  /**
   * Opens a journal, or begins one.
   *
   * @param watched names the chain: a journal of another is refused
   * @throws AuditInputException if it is of another chain, in use, or damaged
   */
  WatchJournal(Path file, Digest watched) {
    this.file = file;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new AuditInputException(file + " is in use by another watch");
      }
      read(watched);
    } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
      throw new AuditInputException(
          "the checkpoint " + file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private void read(Digest watched) throws IOException {
    long size = channel.size();
    if (size > MAX_BYTES) {
      throw new AuditInputException(file + " has " + size + " bytes; it is no watch's checkpoint");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // Reads on.
    }
    int begin = 0;
    int number = 1;
    for (int at = 0; at < bytes.position(); at++) {
      if (bytes.get(at) == '\n') {
        take(
            new String(bytes.array(), begin, at - begin, StandardCharsets.UTF_8),
            number++,
            watched);
        begin = at + 1;
      }
    }
    channel.truncate(begin);
    channel.position(begin);
    if (number == 1) {
      write(JsonObject.builder().put("type", TYPE).put("watched", watched).build());
    }
  }

  private void take(String line, int number, Digest watched) {
    try {
      JsonObject json = CanonicalJson.decodeText(line);
      if (number == 1) {
        json.expect(TYPE, "watched");
        if (!json.digest("watched").equals(watched)) {
          throw new AuditInputException(
              file + " is the checkpoint of another chain or root; name another file");
        }
      } else if (json.has("finding")) {
        findings.add(finding(json.object("finding")));
        lines.add(line);
      } else {
        heads.put(json.number("height"), json.digest("hash"));
      }
    } catch (RecordException e) {
      throw new AuditInputException(
          "line "
              + number
              + " of the checkpoint "
              + file
              + " is damaged; move the file away, and the watch begins anew",
          e);
    }
  }

  /** The findings so far. */
  List<Finding> findings() {
    return findings;
  }

  /** The hash that the chain's last block had when it had that height, if it was noted. */
  Optional<Digest> head(long height) {
    return Optional.ofNullable(heads.get(height));
  }

  /** Notes a finding; false if it stands already. */
  boolean add(Finding finding) {
    JsonObject json = JsonObject.builder().put("finding", json(finding)).build();
    if (!lines.add(CanonicalJson.encodeText(json))) {
      return false;
    }
    write(json);
    findings.add(finding);
    return true;
  }

  /** Notes a head. */
  void add(long height, Digest hash) {
    if (!heads.containsKey(height)) {
      heads.put(height, hash);
      write(JsonObject.builder().put("height", height).put("hash", hash).build());
    }
  }

  private void write(JsonObject json) {
    ByteBuffer line =
        ByteBuffer.wrap((CanonicalJson.encodeText(json) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new AuditInputException(
          "the checkpoint " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static JsonObject json(Finding finding) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("code", finding.code())
            .put("block", finding.block())
            .put("jobId", finding.jobId())
            .put("message", finding.message());
    finding.tx().ifPresent(tx -> json.put("tx", (long) tx));
    return json.build();
  }

  private static Finding finding(JsonObject json) {
    return new Finding(
        json.string("code"),
        json.number("block"),
        json.has("tx") ? OptionalInt.of(Math.toIntExact(json.number("tx"))) : OptionalInt.empty(),
        json.optionalDigest("jobId"),
        json.string("message"));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new AuditInputException(
          "the checkpoint " + file + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
