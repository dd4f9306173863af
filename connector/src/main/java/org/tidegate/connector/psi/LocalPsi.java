package org.tidegate.connector.psi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MemoryChannel;
import org.tidegate.mpc.channel.MeteredChannel;
import org.tidegate.mpc.hash.Binding;
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.ecdh.ReceiverSetup;
import org.tidegate.mpc.psi.ecdh.SenderSetup;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Cancellation;
import org.tidegate.mpc.session.Progress;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * Runs both roles of the Diffie-Hellman intersection in this process, a thread and a secret of its
 * own for each: the left side receives, the right side sends. The bytes between them are those that
 * would cross a network.
 */
public final class LocalPsi {
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  private LocalPsi() {}

  /**
   * What came out.
   *
   * @param matches numbers of the left rows whose key is on the right too, ascending
   * @param leftToRightBytes payload bytes
   * @param rightToLeftBytes payload bytes
   * @param rounds changes of direction, seen from the left
   * @param millis from the first frame to the last
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Outcome(
      int[] matches, long leftToRightBytes, long rightToLeftBytes, long rounds, long millis) {}

  /**
   * Runs the protocol.
   *
   * @param left keys, need not be distinct
   * @param right keys, need not be distinct
   * @param entropy the source of both sides' seeds
   * @param deadline for the whole run
   * @param progress hears how far the left side is
   */
  public static Outcome run(
      PackedBytes left,
      PackedBytes right,
      SecureRandom entropy,
      Duration deadline,
      Progress progress)
      throws InterruptedException {
    EcdhPsiParameters parameters = EcdhPsiParameters.of(right.rows(), left.rows());
    byte[] id = new byte[16];
    entropy.nextBytes(id);
    String plan = HexFormat.of().formatHex(parameters.digest());
    Binding binding = new Binding("psi-" + HexFormat.of().formatHex(id), plan, RIGHT, LEFT);
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
      FutureTask<Boolean> sender =
          new FutureTask<>(
              guarded(
                  cancellation,
                  () ->
                      inSession(
                          pair.first(),
                          binding,
                          entropy,
                          silent,
                          session -> {
                            new SenderSetup(session, parameters).connect(right).run();
                            return true;
                          })));
      Thread thread = Thread.ofVirtual().name("psi-sender").start(sender);
      int[] matches;
      try {
        matches =
            guarded(
                    cancellation,
                    () ->
                        inSession(
                            metered,
                            binding,
                            entropy,
                            heard,
                            session -> new ReceiverSetup(session, parameters).connect(left).run()))
                .call();
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

  private interface Role<T> {
    T run(Session session);
  }

  private static <T> T inSession(
      Channel channel,
      Binding binding,
      SecureRandom entropy,
      SessionOptions options,
      Role<T> role) {
    byte[] seed = new byte[SecretRandom.SEED_BYTES];
    entropy.nextBytes(seed);
    try (SecretBytes secret = SecretBytes.copyOf(seed);
        SecretRandom random = SecretRandom.of(secret);
        Session session = Session.open(channel, binding, random, options)) {
      return role.run(session);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static void finish(FutureTask<Boolean> sender) throws InterruptedException {
    try {
      boolean unused = sender.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Of two failures the one that came first; the other only says that its peer is gone. */
  private static RuntimeException root(FutureTask<Boolean> sender, RuntimeException receiver)
      throws InterruptedException {
    try {
      boolean unused = sender.get();
      return receiver;
    } catch (ExecutionException e) {
      boolean senderFirst =
          receiver.getMessage() != null && receiver.getMessage().contains("cancelled");
      return senderFirst && e.getCause() instanceof RuntimeException cause ? cause : receiver;
    }
  }
}
