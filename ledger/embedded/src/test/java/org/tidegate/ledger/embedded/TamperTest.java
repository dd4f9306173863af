package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;

/** Files of a peer that were altered while its node was down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperTest {
  private static final String BLOCKS = "blocks_000000";

  private final TestSpace space = new TestSpace();
  private Path home;
  private byte[] original;
  private byte[] checkpoint;
  private LedgerSettings settings;
  private NodeIdentity self;
  private long height;

  @BeforeAll
  void makeChain(@TempDir Path directory) throws Exception {
    EmbeddedNetwork network = EmbeddedNetwork.started(space, directory);
    settings = network.settings("tax");
    try (network) {
      RecordLedgerClient tax = network.client("tax");
      tax.putSpace(space.signedStatement(network.genesisHash()));
      tax.putParticipant(space.get("tax").entry());
      network.client("bank").putParticipant(space.get("bank").entry());
      EmbeddedNetwork.await("tax follows", () -> network.ledger("tax").height() == 4);
    }
    height = 4;
    TestParticipant member = space.get("tax");
    self = new NodeIdentity("tax", member.ledgerCertificate(), member.ledgerKey());
    home = directory.resolve("tax").resolve("peer");
    original = Files.readAllBytes(home.resolve(BLOCKS));
    checkpoint = Files.readAllBytes(home.resolve("checkpoint"));
  }

  /** Opens a peer whose block file has these bytes. */
  private long open(byte[] blocks, boolean withCheckpoint) throws Exception {
    Path directory = Files.createTempDirectory("tamper");
    try {
      Files.write(directory.resolve(BLOCKS), blocks);
      if (withCheckpoint) {
        Files.write(directory.resolve("checkpoint"), checkpoint);
      }
      try (CommittedChain chain =
          CommittedChain.open(settings, ChannelConfig.parse(settings.genesis()), self, directory)) {
        return chain.gate().height();
      }
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  @Test
  void untouchedFilesOpen() throws Exception {
    assertThat(open(original, true)).isEqualTo(height);
    // Without the checkpoint every signature is checked again, with the same outcome.
    assertThat(open(original, false)).isEqualTo(height);
  }

  @Test
  void anAlteredByteIsFoundWhereverItIs() {
    Random random = new Random(1);
    for (int at = 0; at < original.length; at += 1 + random.nextInt(600)) {
      byte[] altered = original.clone();
      altered[at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> open(altered, true))
          .as("byte " + at)
          .isInstanceOf(EmbeddedLedgerException.class)
          .hasMessageContaining("block")
          .satisfies(e -> assertThat(e.getMessage()).containsAnyOf(BLOCKS, "truncated"));
    }
  }

  @Test
  void damageInTheMiddleIsNoTornTailEvenWithoutACheckpoint() {
    Random random = new Random(2);
    int lastRecord = records(original).getLast();
    for (int at = 8; at < lastRecord; at += 1 + random.nextInt(800)) {
      byte[] altered = original.clone();
      altered[at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> open(altered, false))
          .as("byte " + at)
          .isInstanceOf(EmbeddedLedgerException.class)
          .hasMessageContaining("at offset");
    }
  }

  @Test
  void aShortenedFileIsFound() {
    Random random = new Random(3);
    for (int length = 0; length < original.length; length += 1 + random.nextInt(2_000)) {
      byte[] cut = Arrays.copyOf(original, length);
      assertThatThrownBy(() -> open(cut, true))
          .as("length " + length)
          .isInstanceOf(EmbeddedLedgerException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void anUnfinishedLastWriteIsCutOff() throws Exception {
    int lastRecord = records(original).getLast();
    for (int length = lastRecord + 1; length < original.length; length += 397) {
      assertThat(open(Arrays.copyOf(original, length), false))
          .as("length " + length)
          .isEqualTo(height - 1);
    }
  }

  @Test
  void flagsAreRecomputed() {
    List<Integer> records = records(original);
    byte[] altered =
        withBlock(
            records.get(2),
            block -> {
              var metadata = block.getMetadata().toBuilder();
              metadata.setMetadata(
                  BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE,
                  ByteString.copyFrom(new byte[] {11}));
              return block.toBuilder().setMetadata(metadata).build();
            });
    assertThatThrownBy(() -> open(altered, false)).hasMessageContaining("validation flags");
    assertThatThrownBy(() -> open(altered, true)).hasMessageContaining("validation flags");
  }

  @Test
  void aBlockWithoutItsOrderersSignatureIsRefused() {
    byte[] altered =
        withBlock(
            records(original).get(1),
            block -> {
              var metadata = block.getMetadata().toBuilder().setMetadata(0, ByteString.EMPTY);
              return block.toBuilder().setMetadata(metadata).build();
            });
    assertThatThrownBy(() -> open(altered, false))
        .hasMessageContaining("block 1 is not signed by an ordering organisation");
  }

  @Test
  void anotherTransactionInABlockIsRefused() {
    byte[] altered =
        withBlock(
            records(original).get(1),
            block -> {
              var data = block.getData().toBuilder().setData(0, ByteString.copyFromUtf8("other"));
              return block.toBuilder().setData(data).build();
            });
    for (boolean withCheckpoint : new boolean[] {false, true}) {
      assertThatThrownBy(() -> open(altered, withCheckpoint))
          .hasMessageContaining("the transactions in block 1 are not those its header names");
    }
  }

  private interface Change {
    Block apply(Block block);
  }

  /** The file with one block changed by somebody who knows the format. */
  private byte[] withBlock(int at, Change change) {
    ByteBuffer file = ByteBuffer.wrap(original);
    int length = file.getInt(at + 4);
    try {
      byte[] body =
          change
              .apply(Block.parseFrom(ByteString.copyFrom(original, at + 12, length)))
              .toByteArray();
      CRC32C crc = new CRC32C();
      crc.update(ByteBuffer.allocate(4).putInt(body.length).flip());
      crc.update(body);
      int rest = original.length - at - 12 - length;
      ByteBuffer out = ByteBuffer.allocate(at + 12 + body.length + rest);
      out.put(original, 0, at + 4).putInt(body.length).putInt((int) crc.getValue()).put(body);
      out.put(original, at + 12 + length, rest);
      return out.array();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the records begin. */
  private static List<Integer> records(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    List<Integer> records = new java.util.ArrayList<>();
    for (int at = 8; at < file.length; at += 12 + bytes.getInt(at + 4)) {
      records.add(at);
    }
    return records;
  }
}
