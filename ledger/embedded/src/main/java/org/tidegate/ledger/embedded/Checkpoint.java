package org.tidegate.ledger.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Signatures;

/**
 * How far a chain had been validated and synced, signed by the node's own key: blocks up to there
 * need no signature checks when the files are opened again, and files that end before it have lost
 * blocks. It is written after the blocks and not synced, so it never says too much; a missing or
 * damaged one only costs time.
 *
 * @param height number of blocks
 * @param hash what {@link #hash} makes of all of them
 */
record Checkpoint(long height, byte[] hash) {
  private static final String TYPE = "tidegate.checkpoint/1";
  private static final String FILE = "checkpoint";
  private static final int MAX_BYTES = 1024;

  /** A hash over the chain and what was decided of it: SHA-256(before ‖ header hash ‖ flags). */
  static byte[] hash(byte[] before, byte[] headerHash, byte[] flags) {
    return org.tidegate.ledger.audit.block.BlockHashes.sha256(before, headerHash, flags);
  }

  void write(FileLayer files, Path directory, NodeIdentity self) throws IOException {
    String text = text(self.mspId());
    String signature = HexFormat.of().formatHex(self.sign(text.getBytes(StandardCharsets.UTF_8)));
    Path fresh = directory.resolve(FILE + ".new");
    try (FileLayer.LedgerFile file = files.open(fresh)) {
      file.truncate(0);
      file.append(ByteBuffer.wrap((text + signature + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    files.rename(fresh, directory.resolve(FILE));
  }

  /** Reads the checkpoint; empty where there is none that this node signed. */
  static Optional<Checkpoint> read(FileLayer files, Path directory, NodeIdentity self)
      throws IOException {
    Path path = directory.resolve(FILE);
    if (!files.list(directory).contains(path)) {
      return Optional.empty();
    }
    byte[] bytes;
    try (FileLayer.LedgerFile file = files.open(path)) {
      if (file.size() > MAX_BYTES) {
        return Optional.empty();
      }
      ByteBuffer content = ByteBuffer.allocate((int) file.size());
      file.read(0, content);
      bytes = content.array();
    }
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() != 5 || !lines.getFirst().equals(TYPE)) {
      return Optional.empty();
    }
    try {
      Checkpoint read =
          new Checkpoint(Long.parseLong(lines.get(2)), HexFormat.of().parseHex(lines.get(3)));
      byte[] signature = HexFormat.of().parseHex(lines.get(4));
      byte[] text = read.text(self.mspId()).getBytes(StandardCharsets.UTF_8);
      return Signatures.verify(self.certificate().getPublicKey(), text, signature)
          ? Optional.of(read)
          : Optional.empty();
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private String text(String mspId) {
    return String.join(
        "\n", TYPE, mspId, Long.toString(height), HexFormat.of().formatHex(hash), "");
  }
}
