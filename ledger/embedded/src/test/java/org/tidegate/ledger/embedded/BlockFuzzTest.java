package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.ChainVerifier;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.VerifiedBlock;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;

/** Exported blocks with altered bytes: every alteration is reported, none breaks the verifier. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockFuzzTest {
  private final TestSpace space = new TestSpace();
  private final List<Block> blocks = new ArrayList<>();

  @BeforeAll
  void makeBlocks(@TempDir Path directory) throws Exception {
    try (EmbeddedNetwork network = EmbeddedNetwork.started(space, directory)) {
      network.client("tax").putSpace(space.signedStatement(network.genesisHash()));
      network.client("tax").putParticipant(space.get("tax").entry());
      for (long number = 0; number < network.ledger("tax").height(); number++) {
        blocks.add(network.ledger("tax").block(number));
      }
    }
  }

  private ChainVerifier verifier() throws BlockFormatException {
    return new ChainVerifier(blocks.getFirst(), TidegateContract.NAME);
  }

  @Test
  void theChainVerifies() throws Exception {
    ChainVerifier verifier = verifier();
    for (Block block : blocks.subList(1, blocks.size())) {
      VerifiedBlock verified = verifier.next(block);
      assertThat(verified.problems()).isEmpty();
      assertThat(verified.verdicts())
          .allSatisfy(verdict -> assertThat(verdict.code()).isEqualTo(TxValidationCode.VALID));
    }
  }

  @Test
  void everyAlteredByteOfABlockIsReported() throws Exception {
    Random random = new Random(4);
    byte[] bytes = blocks.get(1).toByteArray();
    for (int at = 0; at < bytes.length; at += 1 + random.nextInt(600)) {
      byte[] altered = bytes.clone();
      altered[at] ^= (byte) (1 << random.nextInt(8));
      Block block;
      try {
        block = Block.parseFrom(altered);
      } catch (InvalidProtocolBufferException e) {
        continue;
      }
      ChainVerifier verifier = verifier();
      boolean found = !verifier.next(block).problems().isEmpty();
      if (!found) {
        // Bytes that no signature covers (metadata beyond flags, unknown fields) change nothing.
        assertThat(block.getData()).as("byte " + at).isEqualTo(blocks.get(1).getData());
        assertThat(block.getHeader().getNumber()).isEqualTo(1);
        assertThat(verifier.next(blocks.get(2)).problems()).isEmpty();
      }
    }
  }

  @Test
  void rubbishInsideAnEnvelopeIsAVerdict() throws Exception {
    Random random = new Random(5);
    ByteString envelope = blocks.get(1).getData().getData(0);
    for (int round = 0; round < 100; round++) {
      byte[] altered = envelope.toByteArray();
      for (int change = random.nextInt(4); change >= 0; change--) {
        // Never what stands there already.
        altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
      }
      byte[] cut = java.util.Arrays.copyOf(altered, random.nextInt(altered.length));
      Block.Builder block = blocks.get(1).toBuilder();
      block.getDataBuilder().setData(0, ByteString.copyFrom(round % 3 == 0 ? cut : altered));
      VerifiedBlock verified = verifier().next(block.build());
      assertThat(verified.problems()).isNotEmpty();
      assertThat(verified.verdicts()).hasSize(1);
    }
  }

  @Test
  void rubbishConfigurationIsRefused() {
    Random random = new Random(6);
    byte[] bytes = blocks.getFirst().toByteArray();
    for (int round = 0; round < 400; round++) {
      byte[] altered = bytes.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        ChannelConfig config = ChannelConfig.parse(Block.parseFrom(altered));
        assertThat(config.members().ids()).isNotEmpty();
      } catch (BlockFormatException | InvalidProtocolBufferException refused) {
        // Refused is what it should be, unless the byte matters to nobody.
        continue;
      }
    }
  }

  @Test
  void theSameConfigurationMakesTheSameBlock() {
    assertThat(EmbeddedNetwork.genesis(space)).isEqualTo(blocks.getFirst());
    assertThat(EmbeddedNetwork.genesis(space).toByteString())
        .isEqualTo(blocks.getFirst().toByteString());
  }
}
