package org.tidegate.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;

/**
 * Lanes between two honest nodes over mutual TLS, and what happens to them when something breaks.
 */
@Timeout(60)
class LaneTest {
  private static final Step STEP = new Step(7, "seven");
  private static final Step OTHER = new Step(8, "eight");

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private TestSpace space;

  private record Pair(Channel bank, Channel tax) {}

  @BeforeEach
  void start() {
    space = new TestSpace(directory, "bank", "tax", "port");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    space.close();
  }

  private Pair pair(JobLanes bank, JobLanes tax, String path) throws Exception {
    var other = threads.submit(() -> tax.lane("bank", path));
    Channel left = bank.lane("tax", path);
    return new Pair(left, other.get());
  }

  private Pair pair(String seed) throws Exception {
    JobKey key = TestSpace.job(seed);
    return pair(space.register("bank", key, "tax"), space.register("tax", key, "bank"), "leg0");
  }

  @Test
  void carriesFramesOfAnySizeBothWaysInOrder() throws Exception {
    Pair pair = pair("sizes");
    Random random = new Random(1);
    int[] sizes = {0, 1, 64, 16_383, 16_384, 100_000, pair.bank.maxFrameBytes()};
    for (Channel[] way : new Channel[][] {{pair.bank, pair.tax}, {pair.tax, pair.bank}}) {
      byte[][] sent = new byte[sizes.length][];
      for (int i = 0; i < sizes.length; i++) {
        sent[i] = new byte[sizes[i]];
        random.nextBytes(sent[i]);
        byte[] padded = new byte[sizes[i] + 5];
        System.arraycopy(sent[i], 0, padded, 3, sizes[i]);
        way[0].send(STEP, padded, 3, sizes[i]);
        // The buffer is ours again: what was sent must not change with it.
        random.nextBytes(padded);
      }
      way[0].flush();
      for (byte[] expected : sent) {
        assertThat(way[1].receive(STEP, pair.bank.maxFrameBytes())).isEqualTo(expected);
      }
    }
    assertThat(pair.bank.peer()).isEqualTo("tax");
    assertThatThrownBy(() -> pair.bank.send(STEP, new byte[pair.bank.maxFrameBytes() + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forksAreIndependentAndMayComeInAnyOrder() throws Exception {
    Pair pair = pair("forks");
    Channel x = pair.bank.fork("x");
    Channel y = pair.bank.fork("y");
    y.send(STEP, new byte[] {2});
    x.send(STEP, new byte[] {1});
    Channel taxY = pair.tax.fork("y");
    Channel taxX = pair.tax.fork("x");
    assertThat(taxX.receive(STEP, 1)).containsExactly(1);
    assertThat(taxY.receive(STEP, 1)).containsExactly(2);
    taxX.abort("only this one");
    assertThatThrownBy(() -> x.receive(STEP, 1)).hasMessageContaining("only this one");
    taxY.send(STEP, new byte[] {3});
    assertThat(y.receive(STEP, 1)).containsExactly(3);
    Channel deep = y.fork("z");
    deep.send(STEP, new byte[] {4});
    assertThat(taxY.fork("z").receive(STEP, 1)).containsExactly(4);
    assertThatThrownBy(() -> pair.bank.fork("No Label"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSlowReaderStopsItsPeerAndBoundsMemory() throws Exception {
    Pair pair = pair("slow");
    AtomicInteger sent = new AtomicInteger();
    var sending =
        threads.submit(() -> {
          for (int i = 0; i < 200; i++) {
            pair.bank.send(STEP, new byte[1 << 20]);
            sent.incrementAndGet();
          }
        });
    int before = -1;
    while (sent.get() != before) {
      before = sent.get();
      Thread.sleep(300);
    }
    // Our window, HTTP/2's, the sender's, and what the sockets hold.
    assertThat(before).isLessThan(LanePipe.WINDOW_FRAMES + 8 + 3 + 10);
    for (int i = 0; i < 200; i++) {
      assertThat(pair.tax.receive(STEP, 1 << 20)).hasSize(1 << 20);
    }
    sending.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aSlowReaderOfOneLaneDoesNotStopAnother() throws Exception {
    Pair slow = pair("slow lane");
    Pair quick = new Pair(slow.bank.fork("quick"), slow.tax.fork("quick"));
    var sending =
        threads.submit(() -> {
          for (int i = 0; i < 100; i++) {
            slow.bank.send(STEP, new byte[1 << 20]);
          }
        });
    Thread.sleep(300);
    for (int i = 0; i < 50; i++) {
      quick.bank.send(STEP, new byte[1 << 16]);
      assertThat(quick.tax.receive(STEP, 1 << 16)).hasSize(1 << 16);
    }
    assertThat(sending.isDone()).isFalse();
    slow.tax.abort("enough");
    assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS)).hasMessageContaining("enough");
  }

  @Test
  void aFrameOfAnotherStepOrTooLongIsMisbehaviourAndFinal() throws Exception {
    Pair pair = pair("step");
    pair.bank.send(OTHER, new byte[1]);
    assertThatThrownBy(() -> pair.tax.receive(STEP, 1))
        .isInstanceOf(ProtocolAbortException.class)
        .hasMessageContaining("step 8 arrived where step 7");
    assertThatThrownBy(() -> pair.tax.receive(OTHER, 1)).isInstanceOf(ChannelException.class);
    assertThatThrownBy(() -> pair.tax.send(STEP, new byte[1])).isInstanceOf(ChannelException.class);
    assertThatThrownBy(() -> pair.bank.receive(STEP, 1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("step 8 arrived where step 7");

    Pair longer = pair("long");
    longer.bank.send(STEP, new byte[11]);
    assertThatThrownBy(() -> longer.tax.receive(STEP, 10))
        .isInstanceOf(ProtocolAbortException.class)
        .hasMessageContaining("11 bytes");
  }

  @Test
  void anAbortReachesThePeerWithItsReasonWhateverItIsDoing() throws Exception {
    Pair reading = pair("abort reader");
    var blocked = threads.submit(() -> reading.tax.receive(STEP, 1));
    Thread.sleep(100);
    reading.bank.abort("the person changed their mind");
    assertThatThrownBy(() -> blocked.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ChannelException.class)
        .hasMessageContaining("the person changed their mind");

    for (String side : new String[] {"bank", "tax"}) {
      Pair writing = pair("abort writer " + side);
      Channel writer = side.equals("bank") ? writing.bank : writing.tax;
      Channel other = side.equals("bank") ? writing.tax : writing.bank;
      var stuck =
          threads.submit(() -> {
            while (true) {
              writer.send(STEP, new byte[1 << 20]);
            }
          });
      Thread.sleep(200);
      other.abort("enough of " + side);
      assertThatThrownBy(() -> stuck.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ChannelException.class);
      assertThatThrownBy(() -> other.receive(STEP, 1)).hasMessageContaining("enough of " + side);
    }
  }

  @Test
  void closingInOrderLosesNothing() throws Exception {
    for (boolean opener : new boolean[] {true, false}) {
      Pair pair = pair("close " + opener);
      Channel first = opener ? pair.bank : pair.tax;
      Channel second = opener ? pair.tax : pair.bank;
      for (int i = 0; i < 20; i++) {
        first.send(STEP, new byte[] {(byte) i});
      }
      second.send(STEP, new byte[] {42});
      assertThat(first.receive(STEP, 1)).containsExactly(42);
      first.close();
      for (int i = 0; i < 20; i++) {
        assertThat(second.receive(STEP, 1)).containsExactly(i);
      }
      second.close();
      assertThatThrownBy(() -> first.send(STEP, new byte[1]))
          .isInstanceOf(ChannelException.class)
          .hasMessageContaining("closed");
    }
    Pair early = pair("early");
    early.bank.close();
    assertThatThrownBy(() -> early.tax.receive(STEP, 1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aCutCableKillsBothEnds() throws Exception {
    try (CuttableProxy proxy = new CuttableProxy(space.endpoint("tax"))) {
      space.redirect("tax", proxy.endpoint());
      Pair pair = pair("cut");
      var reader = threads.submit(() -> pair.tax.receive(STEP, 1));
      var writer =
          threads.submit(() -> {
            while (true) {
              pair.bank.send(STEP, new byte[1 << 20]);
            }
          });
      assertThat(reader.isDone()).isFalse();
      proxy.cut();
      assertThatThrownBy(() -> writer.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ChannelException.class)
          .hasMessageContaining("Is the node of tax still running");
      assertThatThrownBy(
              () -> {
                while (true) {
                  pair.tax.receive(STEP, 1 << 20);
                }
              })
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aPeerThatStopsMidStreamKillsTheLane() throws Exception {
    Pair pair = pair("stop");
    var reader = threads.submit(() -> pair.bank.receive(STEP, 1));
    space.node("tax").close();
    assertThatThrownBy(() -> reader.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ChannelException.class);
  }

  @Test
  void aSilentPeerMeetsTheDeadline() throws Exception {
    JobKey key = TestSpace.job("deadline");
    JobLanes bank =
        space.node("bank").lanes().register(key, Set.of("tax"), Duration.ofMillis(1500));
    Pair pair = pair(bank, space.register("tax", key, "bank"), "leg0");
    long start = System.nanoTime();
    assertThatThrownBy(() -> pair.bank.receive(STEP, 1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("time allowed was over");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
    assertThatThrownBy(() -> pair.tax.receive(STEP, 1))
        .hasMessageContaining("time allowed was over");
  }

  @Test
  void aHeldCableMeetsTheDeadlineOfTheSender() throws Exception {
    try (CuttableProxy proxy = new CuttableProxy(space.endpoint("tax"))) {
      space.redirect("tax", proxy.endpoint());
      JobKey key = TestSpace.job("held");
      JobLanes bank =
          space.node("bank").lanes().register(key, Set.of("tax"), Duration.ofSeconds(2));
      Pair pair = pair(bank, space.register("tax", key, "bank"), "leg0");
      proxy.hold();
      assertThatThrownBy(
              () -> {
                while (true) {
                  pair.bank.send(STEP, new byte[1 << 20]);
                }
              })
          .isInstanceOf(ChannelException.class)
          .hasMessageContaining("time allowed was over while sending");
    }
  }

  @Test
  void interruptingCancels() throws Exception {
    Pair pair = pair("interrupt");
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pair.bank.receive(STEP, 1);
              } catch (ChannelException e) {
                seen.complete(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    Thread.sleep(100);
    reader.interrupt();
    assertThat(seen.get(5, TimeUnit.SECONDS)).hasMessageContaining("cancelled on this side");
    assertThatThrownBy(() -> pair.tax.receive(STEP, 1)).hasMessageContaining("cancelled");
  }

  @Test
  void endingAJobKillsItsLanesAndWhoeverWaitsForOne() throws Exception {
    JobKey key = TestSpace.job("ending");
    JobLanes bank = space.register("bank", key, "tax");
    JobLanes tax = space.register("tax", key, "bank");
    Pair pair = pair(bank, tax, "leg0");
    var waiting = threads.submit(() -> tax.lane("bank", "never"));
    Thread.sleep(100);
    tax.abort("a grant was revoked");
    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
        .hasMessageContaining("a grant was revoked");
    assertThatThrownBy(() -> pair.bank.receive(STEP, 1))
        .hasMessageContaining("a grant was revoked");
    assertThatThrownBy(() -> tax.lane("bank", "late")).hasMessageContaining("a grant was revoked");
    // The job is known here no longer, and may be run again after a restart.
    tax.close();
    space.register("tax", key, "bank");
  }

  @Test
  void waitsForAPeerThatHearsOfTheJobLater() throws Exception {
    JobKey key = TestSpace.job("later");
    JobLanes bank = space.register("bank", key, "tax");
    var opening = threads.submit(() -> bank.lane("tax", "leg0"));
    Thread.sleep(200);
    assertThat(opening.isDone()).isFalse();
    Channel tax = space.register("tax", key, "bank").lane("bank", "leg0");
    opening.get(5, TimeUnit.SECONDS).send(STEP, new byte[] {9});
    assertThat(tax.receive(STEP, 1)).containsExactly(9);
  }

  @Test
  void refusesForeignPeersOtherPlansAndRepeatedLanes() throws Exception {
    JobKey key = TestSpace.job("foreign");
    JobLanes tax = space.register("tax", key, "bank");
    Digest other = Digest.of(new byte[] {99});
    // "bank" sorts before "tax", so bank opens.
    JobLanes otherPlan =
        space.register("bank", new JobKey(key.jobId(), other, key.parametersDigest()), "tax");
    assertThat(refusal(() -> otherPlan.lane("tax", "leg0"))).contains("plan.mismatch");
    otherPlan.close();
    JobLanes otherParameters =
        space.register("bank", new JobKey(key.jobId(), key.planDigest(), other), "tax");
    assertThat(refusal(() -> otherParameters.lane("tax", "leg0")))
        .contains("protocol parameters")
        .contains("differ");
    otherParameters.close();

    JobLanes bank = space.register("bank", key, "tax");
    bank.open("tax", "leg0");
    assertThat(refusal(() -> bank.open("tax", "leg0"))).contains("was opened before");
    tax.accept("bank", "leg0");

    JobLanes stranger =
        new LaneRegistry("port", space.node("port").connections(), Duration.ofMillis(300))
            .register(key, Set.of("tax"), Duration.ofSeconds(5));
    assertThat(refusal(() -> stranger.lane("tax", "leg1"))).contains("runs no job");
    assertThatThrownBy(() -> bank.lane("port", "leg0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLaneThatNobodyOpensTimesOut() {
    JobLanes tax =
        new LaneRegistry("tax", space.node("tax").connections(), Duration.ofMillis(200))
            .register(TestSpace.job("nobody"), Set.of("bank"), Duration.ofSeconds(5));
    assertThat(refusal(() -> tax.lane("bank", "leg0"))).contains("bank did not open lane leg0");
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ChannelException refusal = catchThrowableOfType(ChannelException.class, call);
    assertThat(refusal).isNotNull();
    return String.valueOf(refusal.getMessage());
  }
}
