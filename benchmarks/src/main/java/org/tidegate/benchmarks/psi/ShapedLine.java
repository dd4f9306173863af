package org.tidegate.benchmarks.psi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A line between two processes of this machine: what comes in at its port goes out at another, at
 * most so many bits a second and so much later, in each direction by itself. Bytes leave the line
 * in the order they entered it, byte i not before {@code sent(i) + delay}, where {@code sent(i)} is
 * when a line of that rate has sent it. A queue as long as what the line holds stands before it;
 * when that is full, the sender waits, as with a router that loses nothing.
 */
final class ShapedLine implements AutoCloseable {
  private static final int PIECE_BYTES = 8192;
  private static final long MIN_QUEUE_BYTES = 256 << 10;
  private static final int SOCKET_BYTES = 64 << 10;

  private final ServerSocket listening;
  private final int target;
  private final long bitsPerSecond;
  private final long delayNanos;
  private final AtomicLong forth = new AtomicLong();
  private final AtomicLong back = new AtomicLong();
  private final List<Socket> sockets = new ArrayList<>();

  private record Piece(byte[] bytes, long dueNanos) {}

  /**
   * Opens a line.
   *
   * @param target port of this machine where it ends
   * @param bitsPerSecond each way
   * @param delay each way
   */
  ShapedLine(int target, long bitsPerSecond, Duration delay) throws IOException {
    this.target = target;
    this.bitsPerSecond = bitsPerSecond;
    this.delayNanos = delay.toNanos();
    this.listening = new ServerSocket();
    // Small buffers: what waits should wait in the queue, where its time runs.
    listening.setReceiveBufferSize(SOCKET_BYTES);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread unused = Thread.ofPlatform().daemon().name("line").start(this::accept);
  }

  /** Where it begins. */
  int port() {
    return listening.getLocalPort();
  }

  /** Bytes that entered at the port, with everything that TLS and HTTP/2 add. */
  long forthBytes() {
    return forth.get();
  }

  /** Bytes that came back. */
  long backBytes() {
    return back.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket in = listening.accept();
        Socket out = new Socket();
        keep(in);
        keep(out);
        out.setReceiveBufferSize(SOCKET_BYTES);
        out.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        pump(in, out, forth);
        pump(out, in, back);
      } catch (IOException e) {
        // The line was closed, or nothing listens at its end: whoever connected finds out.
        closeAll();
      }
    }
  }

  private synchronized void keep(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    sockets.add(socket);
  }

  private void pump(Socket from, Socket to, AtomicLong count) {
    long queueBytes =
        Math.max(MIN_QUEUE_BYTES, bitsPerSecond / 8 * delayNanos / 1_000_000_000L * 2);
    BlockingQueue<Piece> queue = new ArrayBlockingQueue<>((int) (queueBytes / PIECE_BYTES));
    Thread reader =
        Thread.ofPlatform().daemon().name("line-in").start(() -> read(from, queue, count));
    Thread unused =
        Thread.ofPlatform().daemon().name("line-out").start(() -> write(to, queue, reader));
  }

  private void read(Socket from, BlockingQueue<Piece> queue, AtomicLong count) {
    byte[] buffer = new byte[PIECE_BYTES];
    long free = System.nanoTime();
    try {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count.addAndGet(read);
        free = Math.max(free, System.nanoTime()) + (long) (read * 8e9 / bitsPerSecond);
        queue.put(new Piece(Arrays.copyOf(buffer, read), free + delayNanos));
      }
    } catch (IOException e) {
      // This side is gone; the other is told.
    } catch (InterruptedException e) {
      return;
    }
    try {
      queue.put(new Piece(new byte[0], System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Socket to, BlockingQueue<Piece> queue, Thread reader) {
    try {
      OutputStream out = to.getOutputStream();
      for (Piece piece = queue.take(); piece.bytes.length > 0; piece = queue.take()) {
        for (long left = piece.dueNanos - System.nanoTime();
            left > 0;
            left = piece.dueNanos - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        out.write(piece.bytes);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reader.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed, then.
        continue;
      }
    }
  }

  /** Cuts it. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      // It is closed, then.
    }
    closeAll();
  }
}
