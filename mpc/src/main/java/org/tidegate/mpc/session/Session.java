package org.tidegate.mpc.session;

import java.time.Duration;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.TranscriptChannel;
import org.tidegate.mpc.hash.Binding;
import org.tidegate.mpc.random.SecretRandom;

/**
 * One party's end of one protocol run: a lane whose frames are digested, secret randomness, workers
 * and kernels, and what the run is bound to. Used by one thread; deadline and cancellation abort
 * the lane from theirs. Closing ends the watch over deadline and cancellation, and leaves channel
 * and randomness to their owner.
 */
public final class Session implements AutoCloseable {
  private final TranscriptChannel channel;
  private final Binding binding;
  private final SecretRandom random;
  private final SessionOptions options;
  private final Thread watch;
  private final Runnable onCancel;

  private Session(Channel channel, Binding binding, SecretRandom random, SessionOptions options) {
    this.channel = new TranscriptChannel(channel);
    this.binding = binding;
    this.random = random;
    this.options = options;
    this.onCancel = () -> channel.abort("cancelled: " + options.cancellation().reason());
    this.watch =
        Thread.ofVirtual()
            .name("deadline-" + binding.sessionId())
            .unstarted(() -> expire(options.deadline()));
  }

  /**
   * Starts a run.
   *
   * @param channel a lane that this run has for itself
   * @param random a source that this run has for itself
   */
  public static Session open(
      Channel channel, Binding binding, SecretRandom random, SessionOptions options) {
    Session session = new Session(channel, binding, random, options);
    options.cancellation().onCancel(session.onCancel);
    session.watch.start();
    return session;
  }

  private void expire(Duration deadline) {
    try {
      Thread.sleep(deadline);
    } catch (InterruptedException e) {
      return; // closed in time
    }
    options.cancellation().cancel("the run's deadline of " + deadline + " has passed");
  }

  /** The lane. */
  public TranscriptChannel channel() {
    return channel;
  }

  /** What the run belongs to. */
  public Binding binding() {
    return binding;
  }

  /** The run's secret randomness; each use forks its own source by label. */
  public SecretRandom random() {
    return random;
  }

  /** The worker pool. */
  public Workers workers() {
    return options.workers();
  }

  /** The kernels. */
  public Kernels kernels() {
    return options.kernels();
  }

  /** The listener. */
  public Progress progress() {
    return options.progress();
  }

  /**
   * Lets long computations between two frames end early.
   *
   * @throws ChannelException if the run was cancelled or its deadline has passed
   */
  public void checkAlive() {
    String reason = options.cancellation().reason();
    if (reason != null) {
      throw new ChannelException("the run was cancelled: " + reason);
    }
  }

  /** Both transcripts of the lane so far, for the receipt. Call from the run's thread. */
  public TranscriptChannel.Transcript transcript() {
    return channel.transcript();
  }

  /** Ends the watch over deadline and cancellation. */
  @Override
  public void close() {
    options.cancellation().forget(onCancel);
    watch.interrupt();
  }
}
