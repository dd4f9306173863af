package org.tidegate.mpc.channel;

/** Passes everything on; decorators override what they care about. */
public abstract class ForwardingChannel implements Channel {
  private final Channel delegate;

  /** Over the channel that does the work. */
  protected ForwardingChannel(Channel delegate) {
    this.delegate = delegate;
  }

  @Override
  public String peer() {
    return delegate.peer();
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    delegate.send(step, buffer, offset, length);
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    return delegate.receive(step, maxBytes);
  }

  @Override
  public void flush() {
    delegate.flush();
  }

  @Override
  public int maxFrameBytes() {
    return delegate.maxFrameBytes();
  }

  @Override
  public Channel fork(String label) {
    return delegate.fork(label);
  }

  @Override
  public void abort(String reason) {
    delegate.abort(reason);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
