package org.tidegate.mpc.channel;

import java.util.function.Function;

/** Shows every frame to an observer: traces, recordings. Each lane has its own observer. */
public final class ObservedChannel extends ForwardingChannel {
  private final FrameObserver observer;
  private final Function<String, FrameObserver> observerOfFork;

  /**
   * Observes a lane.
   *
   * @param observerOfFork the observer of a lane forked from this one, by its label
   */
  public ObservedChannel(
      Channel delegate, FrameObserver observer, Function<String, FrameObserver> observerOfFork) {
    super(delegate);
    this.observer = observer;
    this.observerOfFork = observerOfFork;
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    super.send(step, buffer, offset, length);
    observer.frame(FrameObserver.Direction.SENT, step, buffer, offset, length);
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    byte[] payload = super.receive(step, maxBytes);
    observer.frame(FrameObserver.Direction.RECEIVED, step, payload, 0, payload.length);
    return payload;
  }

  @Override
  public Channel fork(String label) {
    return new ObservedChannel(super.fork(label), observerOfFork.apply(label), observerOfFork);
  }
}
