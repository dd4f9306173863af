package org.tidegate.connector.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tidegate.connector.identity.Endpoint;

/** A TCP relay on the loopback interface that can be cut like a cable, or hold everything back. */
final class CuttableProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Endpoint target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean held;

  CuttableProxy(Endpoint target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.getLocalPort());
  }

  /** From now on, not a byte passes, and nobody is told. */
  void hold() {
    held = true;
  }

  /** Resets every connection. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = new Socket(target.host(), target.port());
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
    byte[] buffer = new byte[64 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        while (held) {
          Thread.sleep(10);
        }
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // Cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
