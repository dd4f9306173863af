package org.tidegate.connector.psi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.MemoryChannel;
import org.tidegate.mpc.channel.MeteredChannel;
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
   * @param matches numbers of the left keys that are on the right too, ascending
   * @param leftToRightBytes payload bytes
   * @param rightToLeftBytes payload bytes
   * @param rounds changes of direction, seen from the left
   * @param millis from the first frame to the last
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Outcome(
      int[] matches, long leftToRightBytes, long rightToLeftBytes, long rounds, long millis) {}

  /**
   * Runs a protocol.
   *
   * @param left keys, need not be distinct
   * @param right keys, need not be distinct
   * @param entropy the source of both sides' seeds
   * @param deadline for the whole run
   * @param progress hears how far the left side is
   */
  public static Outcome run(
      PsiProtocol protocol,
      PsiTerms terms,
      PackedBytes left,
      PackedBytes right,
      SecureRandom entropy,
      Duration deadline,
      Progress progress)
      throws InterruptedException {
    byte[] id = new byte[16];
    entropy.nextBytes(id);
    PsiSide side = new PsiSide(protocol, terms, "psi-" + HexFormat.of().formatHex(id), RIGHT, LEFT);
    MemoryChannel.Pair pair = MemoryChannel.pair(RIGHT, LEFT);
    MeteredChannel metered = new MeteredChannel(pair.second());
    Cancellation cancellation = new Cancellation();
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      SessionOptions silent =
          new SessionOptions(
              workers, KernelChoice.best().kernels(), deadline, cancellation, Progress.NONE);
      SessionOptions heard =
          new SessionOptions(workers, silent.kernels(), deadline, cancellation, progress);
      long start = System.nanoTime();
      FutureTask<PsiSide.Result> sender =
          new FutureTask<>(
              guarded(cancellation, () -> side.send(pair.first(), right, entropy, silent)));
      Thread thread = Thread.ofVirtual().name("psi-sender").start(sender);
      int[] matches;
      try {
        matches =
            guarded(cancellation, () -> side.receive(metered, left, entropy, heard))
                .call()
                .matches();
      } catch (RuntimeException e) {
        thread.join();
        throw root(sender, e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      thread.join();
      finish(sender);
      return new Outcome(
          matches,
          metered.meter().sentBytes(),
          metered.meter().receivedBytes(),
          metered.meter().rounds(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }

  /** One side's failure ends the other at once rather than at the deadline. */
  private static <T> Callable<T> guarded(Cancellation cancellation, Callable<T> side) {
    return () -> {
      try {
        return side.call();
      } catch (RuntimeException e) {
        cancellation.cancel("the other side failed: " + e.getMessage());
        throw e;
      }
    };
  }

  private static void finish(FutureTask<PsiSide.Result> sender) throws InterruptedException {
    try {
      PsiSide.Result unused = sender.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Of two failures the one that came first; the other only says that its peer is gone. */
  private static RuntimeException root(FutureTask<PsiSide.Result> sender, RuntimeException receiver)
      throws InterruptedException {
    try {
      PsiSide.Result unused = sender.get();
      return receiver;
    } catch (ExecutionException e) {
      boolean senderFirst =
          receiver.getMessage() != null && receiver.getMessage().contains("cancelled");
      return senderFirst && e.getCause() instanceof RuntimeException cause ? cause : receiver;
    }
  }
}
