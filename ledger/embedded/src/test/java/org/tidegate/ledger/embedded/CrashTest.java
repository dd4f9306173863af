package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;

/** The power fails at every point: nothing acknowledged is lost, and the files open again. */
class CrashTest {
  private static final Path DIRECTORY = Path.of("/ledger");

  private final TestSpace space = new TestSpace();
  private final Block genesis = EmbeddedNetwork.genesis(space);

  private LedgerSettings settings(FileLayer files) {
    TestParticipant bank = space.get("bank");
    return LedgerSettings.of(
            DIRECTORY,
            genesis,
            "bank",
            bank.ledgerCertificate(),
            bank.ledgerKey(),
            "bank",
            name -> {
              throw new IllegalStateException("no network here");
            })
        .withFiles(files);
  }

  /** An orderer and a peer on one disk, until the disk fails. */
  private List<ByteString> orderUntilCrash(CrashingFiles files, Random random) throws Exception {
    List<ByteString> acknowledged = new ArrayList<>();
    EmbeddedLedger ledger;
    try {
      ledger = EmbeddedLedger.open(settings(files));
    } catch (EmbeddedLedgerException e) {
      assertThat(files.crashed()).as(e.getMessage()).isTrue();
      return acknowledged;
    }
    Envelopes envelopes = new Envelopes(space.get("tax"), random);
    try {
      for (int round = 0; round < 40 && !files.crashed(); round++) {
        List<Envelope> batch = new ArrayList<>();
        List<CompletableFuture<BroadcastResponse>> answers = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          Envelope envelope = envelopes.next();
          batch.add(envelope);
          answers.add(orderer(ledger).broadcast(envelope));
        }
        for (int i = 0; i < batch.size(); i++) {
          if (answers.get(i).get(10, TimeUnit.SECONDS).getStatus() == Status.SUCCESS) {
            acknowledged.add(batch.get(i).toByteString());
          }
        }
      }
    } finally {
      try {
        ledger.close();
      } catch (EmbeddedLedgerException e) {
        assertThat(files.crashed()).as(e.getMessage()).isTrue();
      }
    }
    return acknowledged;
  }

  private static Orderer orderer(EmbeddedLedger ledger) {
    return Objects.requireNonNull(ledger.orderer());
  }

  private Set<ByteString> ordered(FileLayer files) throws Exception {
    Set<ByteString> found = new HashSet<>();
    LedgerSettings settings = settings(files);
    TestParticipant bank = space.get("bank");
    NodeIdentity self = new NodeIdentity("bank", bank.ledgerCertificate(), bank.ledgerKey());
    try (OrderedChain chain =
        OrderedChain.open(
            settings, ChannelConfig.parse(genesis), self, DIRECTORY.resolve("orderer"))) {
      for (long number = 0; number < chain.gate().height(); number++) {
        found.addAll(chain.read(number).getData().getDataList());
      }
    }
    return found;
  }

  @Test
  void nothingAcknowledgedIsLostWhereverThePowerFails() throws Exception {
    for (int seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      CrashingFiles files = new CrashingFiles(random);
      List<ByteString> acknowledged = new ArrayList<>();
      // Several crashes on the same disk: recovery itself is interrupted too.
      for (int life = 0; life < 4; life++) {
        files.crashAfter(1 + random.nextInt(life == 0 ? 60 : 30));
        acknowledged.addAll(orderUntilCrash(files, random));
        files.restart();
      }
      assertThat(ordered(files)).as("seed " + seed).containsAll(acknowledged);
      try (EmbeddedLedger ledger = EmbeddedLedger.open(settings(files))) {
        EmbeddedNetwork.await(
            "the peer catches up",
            () -> ledger.height() == orderer(ledger).chain().gate().height());
        assertThat(ledger.trouble()).isEmpty();
      }
    }
  }

  @Test
  void aFullDiskIsReportedAndLeavesTheLedgerConsistent() throws Exception {
    for (int room = 0; room < 4_000; room += 333) {
      Random random = new Random(room);
      CrashingFiles files = new CrashingFiles(random);
      List<ByteString> acknowledged = new ArrayList<>();
      Envelopes envelopes = new Envelopes(space.get("tax"), random);
      try (EmbeddedLedger ledger = EmbeddedLedger.open(settings(files))) {
        files.fullAfter(room);
        BroadcastResponse refused = BroadcastResponse.getDefaultInstance();
        for (int i = 0; i < 20 && refused.getStatus() != Status.INTERNAL_SERVER_ERROR; i++) {
          Envelope envelope = envelopes.next();
          refused = orderer(ledger).broadcast(envelope).get(10, TimeUnit.SECONDS);
          if (refused.getStatus() == Status.SUCCESS) {
            acknowledged.add(envelope.toByteString());
          }
        }
        assertThat(refused.getInfo()).contains("No space left on device").contains("blocks_000000");
        assertThat(ledger.trouble()).isPresent();
        // Room again: it goes on without a restart.
        files.fullAfter(Long.MAX_VALUE);
        Envelope envelope = envelopes.next();
        assertThat(orderer(ledger).broadcast(envelope).get(10, TimeUnit.SECONDS).getStatus())
            .isEqualTo(Status.SUCCESS);
        acknowledged.add(envelope.toByteString());
        EmbeddedNetwork.await(
            "caught up", () -> ledger.height() == orderer(ledger).chain().gate().height());
        assertThat(ledger.trouble()).isEmpty();
      }
      assertThat(ordered(files)).containsAll(acknowledged);
    }
  }
}
