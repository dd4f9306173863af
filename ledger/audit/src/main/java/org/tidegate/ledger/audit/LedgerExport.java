package org.tidegate.ledger.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.SignedHead;

/**
 * An export of a chain: a directory with {@code blocks/000000.block}, {@code blocks/000001.block},
 * … (each the protobuf bytes of Fabric's {@code common.Block}) and {@code head.json} (canonical
 * JSON {@code {"heads":[...],"type":"tidegate.heads/1"}}).
 *
 * @param directory where it stands
 */
public record LedgerExport(Path directory) {
  /** The type in {@code head.json}. */
  public static final String HEADS_TYPE = "tidegate.heads/1";

  /** The file of the heads in an export. */
  public static final String HEAD_FILE = "head.json";

  /** The largest block read: Fabric's largest batch, with room. */
  private static final long MAX_BLOCK_BYTES = 128L << 20;

  /** Creates the directories of a new export; an export that is there already is refused. */
  public static LedgerExport create(Path directory) throws IOException {
    LedgerExport export = new LedgerExport(directory);
    if (Files.exists(export.block(0))) {
      throw new AuditInputException(
          directory + " already holds an export; name another directory or remove it");
    }
    Files.createDirectories(directory.resolve("blocks"));
    return export;
  }

  /** Writes a block. */
  public void write(Block block) throws IOException {
    Files.write(block(block.getHeader().getNumber()), block.toByteArray());
  }

  /** Writes the heads. */
  public void write(List<SignedHead> heads) throws IOException {
    Files.write(head(), bytes(heads));
  }

  /** The number of blocks: those numbered 0, 1, … without a gap. */
  public long height() {
    long height = 0;
    while (Files.exists(block(height))) {
      height++;
    }
    if (height == 0) {
      throw new AuditInputException(
          "there is no " + block(0) + "; pass the directory that 'tidegate audit export' wrote");
    }
    return height;
  }

  /** Whether there are blocks beyond a gap: more files than {@code height}. */
  boolean hasBlocksAfter(long height) {
    try (Stream<Path> files = Files.list(directory.resolve("blocks"))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".block")).count()
          > height;
    } catch (IOException e) {
      throw new AuditInputException(directory + " cannot be listed: " + e, e);
    }
  }

  /** The bytes of a block. */
  public byte[] read(long number) {
    Path file = block(number);
    try {
      long size = Files.size(file);
      if (size > MAX_BLOCK_BYTES) {
        throw new AuditInputException(
            file + " has " + size + " bytes; a block has at most " + MAX_BLOCK_BYTES);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AuditInputException(file + " cannot be read: " + e, e);
    }
  }

  /**
   * The heads.
   *
   * @param file another place than {@code head.json}, or empty
   */
  public List<SignedHead> heads(Optional<Path> file) {
    Path path = file.orElse(head());
    if (file.isEmpty() && !Files.exists(path)) {
      return List.of();
    }
    try {
      return heads(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new AuditInputException(path + " cannot be read: " + e, e);
    } catch (RecordException e) {
      throw new AuditInputException(
          path + " does not hold signed heads: " + e.getMessage() + "; export again", e);
    }
  }

  /**
   * Heads from their canonical bytes.
   *
   * @throws RecordException if they are none
   */
  public static List<SignedHead> heads(byte[] bytes) {
    JsonObject json = CanonicalJson.decode(bytes);
    json.expect(HEADS_TYPE, "heads");
    return new ArrayList<>(json.objects("heads", SignedHead::fromJson));
  }

  /** Heads as canonical bytes. */
  static byte[] bytes(List<SignedHead> heads) {
    return CanonicalJson.encode(
        JsonObject.builder().put("type", HEADS_TYPE).put("heads", heads).build());
  }

  private Path head() {
    return directory.resolve(HEAD_FILE);
  }

  private Path block(long number) {
    return directory.resolve("blocks").resolve("%06d.block".formatted(number));
  }
}
