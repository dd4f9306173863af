package org.tidegate.connector.psi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MemoryChannel;
import org.tidegate.mpc.session.Cancellation;
import org.tidegate.mpc.session.Progress;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * Runs both roles of an intersection in this process, a thread and a secret of its own for each:
 * the left side receives, the right side sends. The bytes between them are those that would cross a
 * network.
 */
public final class LocalPsi {
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  private LocalPsi() {}

  /**
   * What came out.
   *
   * @param left of the side that receives
   * @param right of the side that sends
   * @param millis from the first frame to the last
   */
  public record Outcome(PsiExchange.Outcome left, PsiExchange.Outcome right, long millis) {}

  /**
   * Runs a protocol.
   *
   * @param left receives
   * @param right sends
   * @param entropy the source of both sides' seeds
   * @param deadline for the whole run
   * @param progress hears how far the left side is
   */
  public static Outcome run(
      PsiExchange left,
      PsiExchange right,
      SecureRandom entropy,
      Duration deadline,
      Progress progress)
      throws InterruptedException {
    MemoryChannel.Pair pair = MemoryChannel.pair(RIGHT, LEFT);
    Cancellation cancellation = new Cancellation();
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      SessionOptions silent =
          new SessionOptions(
              workers, KernelChoice.best().kernels(), deadline, cancellation, Progress.NONE);
      SessionOptions heard =
          new SessionOptions(workers, silent.kernels(), deadline, cancellation, progress);
      long start = System.nanoTime();
      FutureTask<PsiExchange.Outcome> sender =
          new FutureTask<>(
              guarded(pair, cancellation, () -> side(right, RIGHT, pair.first(), entropy, silent)));
      Thread thread = Thread.ofVirtual().name("psi-sender").start(sender);
      PsiExchange.Outcome received;
      try {
        received =
            guarded(pair, cancellation, () -> side(left, LEFT, pair.second(), entropy, heard))
                .call();
      } catch (RuntimeException e) {
        thread.join();
        throw root(sender, e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      thread.join();
      return new Outcome(
          received, finish(sender), Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }

  private static PsiExchange.Outcome side(
      PsiExchange exchange,
      String self,
      Channel control,
      SecureRandom entropy,
      SessionOptions options) {
    return exchange.agree(control, self, entropy).run(control.fork("run"), entropy, options);
  }

  /** One side's failure ends the other at once rather than at the deadline. */
  private static <T> Callable<T> guarded(
      MemoryChannel.Pair pair, Cancellation cancellation, Callable<T> side) {
    return () -> {
      try {
        return side.call();
      } catch (RuntimeException e) {
        String reason = "the other side failed: " + e.getMessage();
        cancellation.cancel(reason);
        pair.first().abort("cancelled: " + reason);
        throw e;
      }
    };
  }

  private static PsiExchange.Outcome finish(FutureTask<PsiExchange.Outcome> sender)
      throws InterruptedException {
    try {
      return sender.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Of two failures the one that came first; the other only says that its peer is gone. */
  private static RuntimeException root(
      FutureTask<PsiExchange.Outcome> sender, RuntimeException receiver)
      throws InterruptedException {
    try {
      PsiExchange.Outcome unused = sender.get();
      return receiver;
    } catch (ExecutionException e) {
      boolean senderFirst =
          receiver.getMessage() != null && receiver.getMessage().contains("cancelled");
      return senderFirst && e.getCause() instanceof RuntimeException cause ? cause : receiver;
    }
  }
}
