package org.tidegate.benchmarks.correlations;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MemoryChannel;
import org.tidegate.mpc.hash.Binding;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Kernels;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/** Two parties in this process, each with workers of its own. */
final class TwoEnds implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final Kernels kernels = KernelChoice.best().kernels();
  private final Workers[] workers;

  TwoEnds(int threads) {
    workers = new Workers[] {Workers.of(threads), Workers.of(threads)};
  }

  /**
   * A run.
   *
   * @param nanos until both have ended
   * @param firstBytes that the first party sent
   * @param secondBytes that the second party sent
   */
  record Run(long nanos, long firstBytes, long secondBytes) {}

  /** Runs a protocol's two roles once. */
  Run run(int number, Consumer<Session> first, Consumer<Session> second) {
    MemoryChannel.Pair pair = MemoryChannel.pair("first", "second");
    Binding binding = new Binding("bench/" + number, "none", "first", "second");
    long start = System.nanoTime();
    CompletableFuture<Long> one = start(pair.first(), binding, 0, first);
    CompletableFuture<Long> two = start(pair.second(), binding, 1, second);
    try {
      long firstBytes = one.join();
      long secondBytes = two.join();
      return new Run(System.nanoTime() - start, firstBytes, secondBytes);
    } catch (CompletionException e) {
      throw new IllegalStateException("a party failed", e.getCause());
    }
  }

  private CompletableFuture<Long> start(
      Channel channel, Binding binding, int party, Consumer<Session> role) {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          byte[] seed = new byte[SecretRandom.SEED_BYTES];
          seed[0] = (byte) party;
          SessionOptions options = SessionOptions.of(workers[party], kernels, DEADLINE);
          try (SecretRandom random = SecretRandom.of(SecretBytes.copyOf(seed));
              Session session = Session.open(channel, binding, random, options)) {
            role.accept(session);
            sent.complete(session.transcript().sentBytes());
          } catch (RuntimeException | Error e) {
            sent.completeExceptionally(e);
          }
        });
    return sent;
  }

  @Override
  public void close() {
    workers[0].close();
    workers[1].close();
  }
}
