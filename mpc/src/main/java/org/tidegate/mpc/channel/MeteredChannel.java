package org.tidegate.mpc.channel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts payload bytes each way, frames and rounds. A round is a change from sending to receiving.
 * Forks count into the same meter.
 */
public final class MeteredChannel extends ForwardingChannel {
  private final Meter meter;
  private boolean sending;

  /** Starts at zero. */
  public MeteredChannel(Channel delegate) {
    this(delegate, new Meter());
  }

  private MeteredChannel(Channel delegate, Meter meter) {
    super(delegate);
    this.meter = meter;
  }

  /** The counts, which go on. */
  public Meter meter() {
    return meter;
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    super.send(step, buffer, offset, length);
    sending = true;
    meter.sentBytes.addAndGet(length);
    meter.sentFrames.incrementAndGet();
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    byte[] payload = super.receive(step, maxBytes);
    if (sending) {
      sending = false;
      meter.rounds.incrementAndGet();
    }
    meter.receivedBytes.addAndGet(payload.length);
    meter.receivedFrames.incrementAndGet();
    return payload;
  }

  @Override
  public Channel fork(String label) {
    return new MeteredChannel(super.fork(label), meter);
  }

  /** What went over a channel and its forks so far. Safe to read from any thread. */
  public static final class Meter {
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong sentFrames = new AtomicLong();
    private final AtomicLong receivedFrames = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();

    private Meter() {}

    /** Payload bytes sent. */
    public long sentBytes() {
      return sentBytes.get();
    }

    /** Payload bytes received. */
    public long receivedBytes() {
      return receivedBytes.get();
    }

    /** Frames sent. */
    public long sentFrames() {
      return sentFrames.get();
    }

    /** Frames received. */
    public long receivedFrames() {
      return receivedFrames.get();
    }

    /** How often this end waited after it had sent. */
    public long rounds() {
      return rounds.get();
    }
  }
}
