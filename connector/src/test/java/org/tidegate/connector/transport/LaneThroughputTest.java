package org.tidegate.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.Step;

/** Reports what a lane carries over mutual TLS on the loopback interface; it gates nothing. */
@Tag("long")
class LaneThroughputTest {
  private static final Step STEP = new Step(1, "bulk");
  private static final int FRAMES = 500;

  @TempDir Path directory;

  @Test
  void reportsThroughputAndRoundTrip() throws Exception {
    try (TestSpace space = new TestSpace(directory, "bank", "tax");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JobKey key = TestSpace.job("bulk");
      JobLanes bank = space.register("bank", key, "tax");
      JobLanes tax = space.register("tax", key, "bank");
      var accepting = CompletableFuture.supplyAsync(() -> tax.lane("bank", "a"), threads);
      Channel left = bank.lane("tax", "a");
      Channel right = accepting.get();
      for (int round = 0; round < 3; round++) {
        System.out.printf(
            "one way %.0f MiB/s, back %.0f MiB/s, both at once %.0f MiB/s each, round trip %.0f"
                + " µs%n",
            bulk(left, right, threads),
            bulk(right, left, threads),
            both(left, right, space, threads),
            roundTrip(left, right, threads));
      }
      left.close();
      right.close();
    }
  }

  private static double bulk(Channel from, Channel to, java.util.concurrent.Executor threads)
      throws Exception {
    byte[] frame = new byte[1 << 20];
    long start = System.nanoTime();
    var sending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < FRAMES; i++) {
                from.send(STEP, frame);
              }
              from.flush();
            },
            threads);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(to.receive(STEP, 1 << 20)).hasSize(1 << 20);
    }
    sending.get();
    return FRAMES / ((System.nanoTime() - start) / 1e9);
  }

  private static double both(
      Channel left, Channel right, TestSpace space, java.util.concurrent.Executor threads)
      throws Exception {
    JobKey key = TestSpace.job("both" + System.nanoTime());
    JobLanes bank = space.register("bank", key, "tax");
    JobLanes tax = space.register("tax", key, "bank");
    var accepting = CompletableFuture.supplyAsync(() -> tax.lane("bank", "b"), threads);
    Channel l = bank.lane("tax", "b");
    Channel r = accepting.get();
    var back =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return bulk(right, left, threads);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            threads);
    double there = bulk(l, r, threads);
    double sum = (there + back.get()) / 2;
    bank.close();
    tax.close();
    return sum;
  }

  private static double roundTrip(
      Channel left, Channel right, java.util.concurrent.Executor threads) throws Exception {
    byte[] small = new byte[64];
    int trips = 3000;
    var echo =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < trips; i++) {
                right.send(STEP, right.receive(STEP, 64));
              }
            },
            threads);
    long start = System.nanoTime();
    for (int i = 0; i < trips; i++) {
      left.send(STEP, small);
      left.receive(STEP, 64);
    }
    double micros = (System.nanoTime() - start) / 1e3 / trips;
    echo.get();
    return micros;
  }
}
