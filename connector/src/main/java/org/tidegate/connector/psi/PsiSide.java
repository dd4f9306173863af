package org.tidegate.connector.psi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.hash.Binding;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.session.SessionOptions;

/**
 * One side of one run, the same on any channel.
 *
 * @param method what is run, on which terms
 * @param sessionId unique to the run, the same on both sides
 * @param sender the name of the sending side
 * @param receiver the name of the receiving side
 */
public record PsiSide(PsiMethod method, String sessionId, String sender, String receiver) {
  /**
   * What a side has at its end.
   *
   * @param matches numbers of this side's keys that the other has too, ascending; of the sender,
   *     none unless both learn
   * @param offline from the start to where the keys are put to use
   * @param online from there to the end
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Result(int[] matches, Duration offline, Duration online) {}

  /** The side in the run of a bucket. */
  PsiSide of(int bucket) {
    return new PsiSide(method, sessionId + "/bucket-" + bucket, sender, receiver);
  }

  /**
   * Receives.
   *
   * @param keys need not be distinct
   * @param entropy the source of this side's seed
   */
  public Result receive(
      Channel channel, PackedBytes keys, SecureRandom entropy, SessionOptions options) {
    return run(
        channel,
        entropy,
        options,
        session -> method.protocol().receiver(session, method.terms(), keys)::run);
  }

  /** Sends; as {@link #receive}. */
  public Result send(
      Channel channel, PackedBytes keys, SecureRandom entropy, SessionOptions options) {
    return run(
        channel,
        entropy,
        options,
        session -> method.protocol().sender(session, method.terms(), keys)::run);
  }

  private Result run(
      Channel channel,
      SecureRandom entropy,
      SessionOptions options,
      Function<Session, PsiProtocol.Receiver> setup) {
    String plan = HexFormat.of().formatHex(method.protocol().digest(method.terms()));
    Binding binding = new Binding(sessionId, plan, sender, receiver);
    byte[] seed = new byte[SecretRandom.SEED_BYTES];
    entropy.nextBytes(seed);
    long start = System.nanoTime();
    try (SecretBytes secret = SecretBytes.copyOf(seed);
        SecretRandom random = SecretRandom.of(secret);
        Session session = Session.open(channel, binding, random, options)) {
      PsiProtocol.Receiver ready = setup.apply(session);
      long middle = System.nanoTime();
      int[] matches = ready.run();
      return new Result(
          matches, Duration.ofNanos(middle - start), Duration.ofNanos(System.nanoTime() - middle));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}
