package org.tidegate.benchmarks.psi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ShapedLineTest {
  private static final int BITS_PER_SECOND = 16_000_000;
  private static final int BYTES = 1_000_000;
  private static final int PINGS = 5;
  private static final Duration DELAY = Duration.ofMillis(40);

  private static byte[] content() {
    byte[] bytes = new byte[BYTES];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread unused = Thread.ofPlatform().daemon().start(task);
    return task;
  }

  /** At a stated rate a million bytes take what they should, in each direction by itself. */
  @Test
  void keepsRateAndDelayBothWaysAtOnce() throws Exception {
    byte[] content = content();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ShapedLine line = new ShapedLine(server.getLocalPort(), BITS_PER_SECOND, DELAY)) {
      FutureTask<Boolean> echo =
          start(() -> {
            try (Socket socket = server.accept()) {
              InputStream in = socket.getInputStream();
              OutputStream out = socket.getOutputStream();
              byte[] buffer = new byte[4096];
              for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
              }
              return true;
            }
          });
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < PINGS; i++) {
          long start = System.nanoTime();
          socket.getOutputStream().write(1);
          assertThat(in.read()).isEqualTo(1);
          best = Math.min(best, System.nanoTime() - start);
        }
        // Never less; on a busy machine more, but not every time.
        assertThat(Duration.ofNanos(best)).isBetween(DELAY.multipliedBy(2), DELAY.multipliedBy(4));

        long sent = System.nanoTime();
        FutureTask<Boolean> sender =
            start(() -> {
              socket.getOutputStream().write(content);
              socket.shutdownOutput();
              return true;
            });
        byte[] back = in.readNBytes(BYTES);
        Duration took = Duration.ofNanos(System.nanoTime() - sent);
        assertThat(back).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
        // Both directions at once: half a second for a million bytes, not two halves.
        Duration least = Duration.ofMillis(500).plus(DELAY.multipliedBy(2));
        assertThat(took).isBetween(least.minusMillis(5), least.multipliedBy(4));
        assertThat(sender.get()).isTrue();
        assertThat(echo.get()).isTrue();
      }
      assertThat(line.forthBytes()).isEqualTo(BYTES + PINGS);
      assertThat(line.backBytes()).isEqualTo(BYTES + PINGS);
    }
  }

  @Test
  void nothingAtItsEndClosesTheLine() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    try (ShapedLine line = new ShapedLine(port, BITS_PER_SECOND, DELAY);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
