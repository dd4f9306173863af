package org.tidegate.examples.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The cable from one node to another: a TCP relay that can be slow, hold everything back, be cut,
 * or alter a byte. It sees what anybody on the network sees, TLS records.
 */
final class Link implements AutoCloseable {
  private static final long NEVER = Long.MIN_VALUE;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong untilFlip = new AtomicLong(NEVER);
  private final AtomicLong passed = new AtomicLong();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean held;

  /**
   * @param listen where the calling node believes the other one to be
   * @param target where that one really listens
   */
  Link(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(listen.getPort(), 50, listen.getAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Every piece passes this much later. */
  void delay(Duration time) {
    delay = time;
  }

  /** From now on not a byte passes, and nobody is told. */
  void hold() {
    held = true;
  }

  /** What was held passes now. */
  void letGo() {
    held = false;
  }

  /** Alters one byte: the one after {@code bytes} more have passed, in whichever direction. */
  void flipAfter(long bytes) {
    untilFlip.set(bytes);
  }

  /** How many bytes have passed, in both directions together. */
  long passed() {
    return passed.get();
  }

  /** Alters none any more; tells whether the byte was altered before. */
  boolean wasFlipped() {
    return untilFlip.getAndSet(NEVER) == NEVER;
  }

  /** Resets every connection; new ones can be made. */
  void cut() {
    sockets.forEach(Link::reset);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    held = false;
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = new Socket();
        try {
          upstream.connect(target);
        } catch (IOException e) {
          // Nobody listens there: as seen from the client, nobody does.
          reset(client);
          continue;
        }
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> relay(client, upstream));
        Thread.ofVirtual().start(() -> relay(upstream, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void relay(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        Thread.sleep(delay);
        while (held) {
          Thread.sleep(5);
        }
        flip(buffer, count);
        long _ = passed.addAndGet(count);
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // Either end is gone; so is the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reset(from);
    reset(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private void flip(byte[] buffer, int count) {
    long before =
        untilFlip.getAndUpdate(left -> left == NEVER ? NEVER : left < count ? NEVER : left - count);
    if (before != NEVER && before < count) {
      buffer[(int) before] ^= 4;
    }
  }

  static InetAddress address(int... parts) throws IOException {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    return InetAddress.getByAddress(bytes);
  }
}
