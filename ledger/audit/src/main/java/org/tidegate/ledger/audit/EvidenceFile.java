package org.tidegate.ledger.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * The file of an evidence bundle: one line that says what it is, one line of canonical JSON (the
 * manifest), the parts one after the other, and SHA-256 of all that.
 *
 * <pre>
 *   tidegate evidence 1\n
 *   {"headBytes":..,"height":..,"jobId":..,"parts":[..],"type":..,"whole":..}\n
 *   data hashes of the blocks 1, 2, …, 32 bytes each · heads · blocks
 *   32 bytes
 * </pre>
 *
 * <p>The same chain, heads and job give the same bytes. The digest shows damage only: who alters
 * the file on purpose makes a new one, and the signatures inside are what stops him.
 */
final class EvidenceFile {
  /** The manifest's type. */
  static final String TYPE = "tidegate.evidence/1";

  private static final byte[] MAGIC = "tidegate evidence 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_MANIFEST_BYTES = 64 << 20;
  private static final int MAX_HEADS_BYTES = 1 << 20;
  private static final int MAX_BLOCK_BYTES = 128 << 20;
  private static final int HASH_BYTES = 32;

  private EvidenceFile() {}

  /**
   * A block in the bundle.
   *
   * @param number its number
   * @param transactions the indices of those that matter, ascending
   * @param bytes the size of its protobuf bytes
   * @param sha256 digest of its protobuf bytes
   */
  record Part(long number, List<Integer> transactions, long bytes, Digest sha256) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("blockNumber", number)
          .put("transactions", transactions.stream().map(Integer::longValue).toList())
          .put("bytes", bytes)
          .put("sha256", sha256)
          .build();
    }

    static Part fromJson(JsonObject json) {
      json.allowOnly("blockNumber", "transactions", "bytes", "sha256");
      Part part =
          new Part(
              json.number("blockNumber"),
              json.numbers("transactions").stream().map(Math::toIntExact).toList(),
              json.number("bytes"),
              json.digest("sha256"));
      if (part.bytes() < 0 || part.bytes() > MAX_BLOCK_BYTES) {
        throw new RecordException("a block of " + part.bytes() + " bytes");
      }
      return part;
    }
  }

  /**
   * What a bundle holds.
   *
   * @param jobId the job it is about
   * @param height number of blocks of the chain, block 0 included
   * @param whole whether every transaction of every block is there
   * @param headBytes size of the heads
   * @param blocks the blocks, ascending
   */
  record Manifest(Digest jobId, long height, boolean whole, long headBytes, List<Part> blocks) {
    Manifest {
      blocks = List.copyOf(blocks);
      long before = -1;
      for (Part part : blocks) {
        if (part.number() <= before || part.number() >= height) {
          throw new RecordException("block " + part.number() + " stands in no order");
        }
        before = part.number();
      }
      if (blocks.isEmpty() || blocks.getFirst().number() != 0) {
        throw new RecordException("block 0 is missing");
      }
      if (headBytes < 0 || headBytes > MAX_HEADS_BYTES) {
        throw new RecordException("heads of " + headBytes + " bytes");
      }
    }

    JsonObject toJson() {
      return JsonObject.builder()
          .put("type", TYPE)
          .put("jobId", jobId)
          .put("height", height)
          .put("whole", whole)
          .put("headBytes", headBytes)
          .put("parts", blocks.stream().map(Part::toJson).toList())
          .build();
    }

    static Manifest fromJson(JsonObject json) {
      json.expect(TYPE, "jobId", "height", "whole", "headBytes", "parts");
      return new Manifest(
          json.digest("jobId"),
          json.number("height"),
          json.bool("whole"),
          json.number("headBytes"),
          json.objects("parts", Part::fromJson));
    }
  }

  /** Gives a block's bytes. */
  interface Blocks {
    byte[] read(long number);
  }

  /**
   * Writes a bundle.
   *
   * @param hashes data hashes of the blocks from 1 on, 32 bytes each
   */
  static void write(Path file, Manifest manifest, byte[] hashes, byte[] heads, Blocks blocks)
      throws IOException {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      DigestOutputStream out = new DigestOutputStream(to, sha256());
      out.write(MAGIC);
      out.write(CanonicalJson.encode(manifest.toJson()));
      out.write('\n');
      out.write(hashes);
      out.write(heads);
      for (Part part : manifest.blocks()) {
        out.write(blocks.read(part.number()));
      }
      out.on(false);
      out.write(out.getMessageDigest().digest());
    }
  }

  /**
   * Whether a bundle's bytes are those that were written: its last 32 are the digest of the others.
   */
  static boolean isIntact(Path file) throws IOException {
    long rest = Files.size(file) - HASH_BYTES;
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      while (rest > 0) {
        int read = in.read(buffer, 0, (int) Math.min(rest, buffer.length));
        if (read < 0) {
          return false;
        }
        digest.update(buffer, 0, read);
        rest -= read;
      }
      return rest == 0 && Arrays.equals(in.readNBytes(HASH_BYTES), digest.digest());
    }
  }

  /** An open bundle, read from front to back. */
  static final class Reader implements AutoCloseable {
    private final InputStream in;
    private final Manifest manifest;

    /**
     * Opens a bundle and reads its manifest.
     *
     * @throws AuditInputException if it is none
     * @throws IOException if it cannot be read
     * @throws RecordException if its manifest is none
     */
    Reader(Path file) throws IOException {
      in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      try {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
          throw new AuditInputException(
              file + " is no evidence bundle; pass a file that 'tidegate audit bundle' wrote");
        }
        manifest = Manifest.fromJson(CanonicalJson.decode(line(), MAX_MANIFEST_BYTES));
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }

    private byte[] line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0 || line.size() == MAX_MANIFEST_BYTES) {
          throw new IOException("its manifest does not end");
        }
        line.write(next);
      }
      return line.toByteArray();
    }

    Manifest manifest() {
      return manifest;
    }

    /** The data hashes of the blocks from 1 on, 32 bytes each. */
    List<byte[]> hashes() throws IOException {
      List<byte[]> hashes = new ArrayList<>();
      for (long number = 1; number < manifest.height(); number++) {
        hashes.add(bytes(HASH_BYTES));
      }
      return hashes;
    }

    byte[] heads() throws IOException {
      return bytes((int) manifest.headBytes());
    }

    byte[] block(Part part) throws IOException {
      return bytes((int) part.bytes());
    }

    private byte[] bytes(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new IOException("it ends before its last part");
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The part of a block. */
  static Part part(long number, List<Integer> transactions, byte[] bytes) {
    return new Part(number, new ArrayList<>(transactions), bytes.length, Digest.of(bytes));
  }
}
