package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditInputException;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.GrantBalance;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.SignedHead;

/** Exports of a real chain, honest and with lies planted: the audit names every place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedLiesTest {
  private final TestSpace space = new TestSpace();
  private final List<Block> blocks = new ArrayList<>();
  private final List<SignedHead> heads = new ArrayList<>();
  @TempDir static Path directory;
  private EmbeddedNetwork network;
  private Grant grant;
  private Reservation settled;
  private Reservation lopsided;
  private long replayedAt;

  @BeforeAll
  void runJobs() throws Exception {
    network = EmbeddedNetwork.started(space, directory.resolve("network"));
    TestJobs jobs = new TestJobs(space, network);
    jobs.prepare();
    grant = jobs.put(5);
    settled = jobs.reserved(jobs.proposal(grant));
    jobs.write(jobs.receipt(settled, "tax"));
    jobs.write(jobs.receipt(settled, "bank"));
    network.client("bank").settle(settled.jobId());
    Reservation released = jobs.reserved(jobs.proposal(grant));
    network.client("tax").release(released.jobId(), jobs.statements(released));
    network.level();
    long honest = network.ledger("bank").height();
    take(honest);
    // What follows is for single tests.
    replay(blockOf(settled));
    replayedAt = honest;
    lopsided = jobs.reserved(jobs.proposal(Duration.ofSeconds(2), grant));
    jobs.write(jobs.receipt(lopsided, "tax"));
    Thread.sleep(2_100);
    network.client("tax").settle(lopsided.jobId());
  }

  @AfterAll
  void stop() {
    network.close();
  }

  private void take(long height) throws IOException {
    EmbeddedNetwork.await(
        "all peers are there",
        () -> space.names().stream().allMatch(name -> network.ledger(name).height() >= height));
    blocks.clear();
    for (long number = 0; number < height; number++) {
      blocks.add(network.ledger("tax").block(number));
    }
    heads.clear();
    heads.add(network.ledger("bank").head());
    heads.add(network.ledger("tax").head());
  }

  private Block blockOf(Reservation job) {
    ByteString id = ByteString.copyFromUtf8(job.planDigest().text());
    return blocks.stream()
        .filter(block -> indexOf(block.toByteString(), id))
        .findFirst()
        .orElseThrow();
  }

  private static boolean indexOf(ByteString haystack, ByteString needle) {
    for (int i = 0; i + needle.size() <= haystack.size(); i++) {
      if (haystack.substring(i, i + needle.size()).equals(needle)) {
        return true;
      }
    }
    return false;
  }

  private void replay(Block block) throws Exception {
    long before = network.ledger("bank").height();
    CountDownLatch answered = new CountDownLatch(1);
    StreamObserver<Envelope> broadcast =
        AtomicBroadcastGrpc.newStub(network.channel(EmbeddedNetwork.ORDERER))
            .broadcast(
                new StreamObserver<BroadcastResponse>() {
                  @Override
                  public void onNext(BroadcastResponse response) {
                    answered.countDown();
                  }

                  @Override
                  public void onError(Throwable t) {
                    answered.countDown();
                  }

                  @Override
                  public void onCompleted() {}
                });
    broadcast.onNext(Envelope.parseFrom(block.getData().getData(0)));
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
    broadcast.onCompleted();
    EmbeddedNetwork.await(
        "the replayed envelope is in a block", () -> network.ledger("bank").height() > before);
  }

  private LedgerExport export(String name, List<Block> exported, List<SignedHead> signed)
      throws IOException {
    LedgerExport export = LedgerExport.create(directory.resolve(name));
    for (int number = 0; number < exported.size(); number++) {
      Files.write(
          export.directory().resolve("blocks/%06d.block".formatted(number)),
          exported.get(number).toByteArray());
    }
    export.write(signed);
    return export;
  }

  private AuditReport audit(LedgerExport export) {
    return new LedgerAudit(export, space.root(), Optional.empty()).report();
  }

  @Test
  void anHonestExportHolds() throws IOException {
    AuditReport report = audit(export("honest", blocks, heads));
    assertThat(report.findings()).isEmpty();
    assertThat(report.height()).isEqualTo(blocks.size());
    assertThat(report.balances()).containsExactly(new GrantBalance("tax", grant.id(), 5, 0, 1, 1));
  }

  @Test
  void anotherAuthorityIsNotTrusted() throws IOException {
    LedgerExport export = export("authority", blocks, heads);
    AuditReport report = new LedgerAudit(export, new TestSpace().root(), Optional.empty()).report();
    assertThat(report.findings()).extracting(Finding::code).contains("space.untrusted");
  }

  @Test
  void aDroppedTailIsNamed() throws IOException {
    List<Block> cut = blocks.subList(0, blocks.size() - 1);
    AuditReport report = audit(export("tail", cut, heads));
    assertThat(report.findings()).extracting(Finding::code).containsOnly("head.droppedTail");
    assertThat(report.findings()).extracting(Finding::block).containsOnly((long) cut.size());
    assertThat(audit(export("tail-without-heads", cut, List.of())).findings())
        .extracting(Finding::code)
        .containsExactly("head.unsigned");
  }

  @Test
  void aDroppedReceiptIsNamed() throws IOException {
    Digest receipt = settled.jobId();
    int at = -1;
    for (int number = blocks.indexOf(blockOf(settled)) + 1; number < blocks.size(); number++) {
      if (indexOf(
          blocks.get(number).toByteString(), ByteString.copyFromUtf8("tidegate.receipt/1"))) {
        at = number;
        break;
      }
    }
    assertThat(at).as(receipt.text()).isPositive();
    List<Block> without = new ArrayList<>(blocks);
    Block block = blocks.get(at);
    without.set(at, block.toBuilder().clearData().build());
    List<Finding> findings = audit(export("receipt", without, heads)).findings();
    assertThat(findings.getFirst().block()).isEqualTo(at);
    assertThat(findings.getFirst().code()).isEqualTo("block.data");
    // What came after it had read it.
    assertThat(findings).extracting(Finding::code).contains("block.flags");
  }

  @Test
  void aReplayedReservationAndAReceiptThatWasNeverWrittenAreNamed() throws IOException {
    long height = network.ledger("bank").height();
    List<Block> all = new ArrayList<>();
    EmbeddedNetwork.await("tax is there", () -> network.ledger("tax").height() >= height);
    for (long number = 0; number < height; number++) {
      all.add(network.ledger("bank").block(number));
    }
    List<SignedHead> now = List.of(network.ledger("bank").head(), network.ledger("tax").head());
    List<Finding> findings = audit(export("replayed", all, now)).findings();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).code()).isEqualTo("tx.replayed");
    assertThat(findings.get(0).block()).isEqualTo(replayedAt);
    assertThat(findings.get(0).jobId()).contains(settled.jobId());
    assertThat(findings.get(1).code()).isEqualTo("receipt.missing");
    assertThat(findings.get(1).jobId()).contains(lopsided.jobId());
    assertThat(findings.get(1).message()).contains("'bank'");
  }

  @Test
  void anyAlteredByteIsNamed() throws IOException {
    LedgerExport export = export("altered", blocks, heads);
    Random random = new Random(11);
    List<String> unseen = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      int number = random.nextInt(blocks.size());
      Path file = export.directory().resolve("blocks/%06d.block".formatted(number));
      byte[] honest = blocks.get(number).toByteArray();
      byte[] altered = honest.clone();
      int at =
          round % 4 == 0
              ? altered.length - 1 - random.nextInt(Math.min(60, altered.length))
              : random.nextInt(altered.length);
      altered[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, altered);
      try {
        List<Finding> findings = audit(export).findings();
        if (findings.isEmpty() || findings.getFirst().block() != number) {
          unseen.add(
              "block %d byte %d of %d: %s"
                  .formatted(
                      number,
                      at,
                      altered.length,
                      findings.stream().limit(2).map(f -> f.code() + "@" + f.block()).toList()));
        }
      } catch (AuditInputException e) {
        assertThat(number).isZero();
        assertThat(e.getMessage()).contains("block 0");
      }
      Files.write(file, honest);
    }
    assertThat(unseen).isEmpty();
  }
}
