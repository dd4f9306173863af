package org.tidegate.mpc.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every channel does. An implementation's test extends this and connects two ends. */
@Timeout(30)
public abstract class ChannelContract {
  private static final Step ONE = new Step(1, "one");
  private static final Step TWO = new Step(2, "two");

  private Channel left;
  private Channel right;

  /** Two connected ends, fresh for each test; the first names "right" as its peer. */
  protected abstract MemoryChannel.Pair connect();

  @BeforeEach
  void open() {
    MemoryChannel.Pair pair = connect();
    left = pair.first();
    right = pair.second();
  }

  @AfterEach
  void end() {
    left.abort("the test is over");
    right.abort("the test is over");
  }

  @Test
  void keepsOrderAndContent() {
    for (int i = 0; i < 50; i++) {
      left.send(ONE, new byte[] {(byte) i, 1, 2});
    }
    left.flush();
    for (int i = 0; i < 50; i++) {
      assertThat(right.receive(ONE, 3)).containsExactly(i, 1, 2);
    }
  }

  @Test
  void goesBothWays() {
    left.send(ONE, new byte[] {1});
    left.flush();
    assertThat(right.receive(ONE, 1)).containsExactly(1);
    right.send(TWO, new byte[] {2});
    right.flush();
    assertThat(left.receive(TWO, 1)).containsExactly(2);
  }

  @Test
  void sendsAPartOfABorrowedBuffer() {
    byte[] buffer = {9, 8, 7, 6};
    left.send(ONE, buffer, 1, 2);
    java.util.Arrays.fill(buffer, (byte) 0);
    left.flush();
    assertThat(right.receive(ONE, 2)).containsExactly(8, 7);
  }

  @Test
  void carriesEmptyAndLargestFrames() {
    int max = left.maxFrameBytes();
    assertThat(right.maxFrameBytes()).isEqualTo(max);
    left.send(ONE, new byte[0]);
    left.send(ONE, new byte[max]);
    left.flush();
    assertThat(right.receive(ONE, 0)).isEmpty();
    assertThat(right.receive(ONE, max)).hasSize(max);
  }

  @Test
  void receivingFlushesFirst() {
    CompletableFuture<byte[]> echo =
        CompletableFuture.supplyAsync(() -> {
          byte[] got = right.receive(ONE, 1);
          right.send(TWO, got);
          right.flush();
          return got;
        });
    left.send(ONE, new byte[] {5});
    assertThat(left.receive(TWO, 1)).containsExactly(5);
    assertThat(echo.join()).containsExactly(5);
  }

  @Test
  void anotherStepKillsTheChannel() {
    left.send(TWO, new byte[] {1});
    left.flush();
    assertThatThrownBy(() -> right.receive(ONE, 1)).isInstanceOf(ProtocolAbortException.class);
    assertThatThrownBy(() -> right.receive(TWO, 1)).isInstanceOf(ChannelException.class);
    assertThatThrownBy(() -> right.send(ONE, new byte[1])).isInstanceOf(ChannelException.class);
  }

  @Test
  void aLongerFrameKillsTheChannel() {
    left.send(ONE, new byte[11]);
    left.flush();
    assertThatThrownBy(() -> right.receive(ONE, 10)).isInstanceOf(ProtocolAbortException.class);
    assertThatThrownBy(() -> right.receive(ONE, 11)).isInstanceOf(ChannelException.class);
  }

  @Test
  void abortWakesBothEnds() throws Exception {
    CompletableFuture<Throwable> here = failureOf(left);
    CompletableFuture<Throwable> there = failureOf(right);
    Thread.sleep(Duration.ofMillis(50));
    right.abort("no more");
    assertThat(await(here)).isInstanceOf(ChannelException.class).hasMessageContaining("no more");
    assertThat(await(there)).isInstanceOf(ChannelException.class);
    assertThatThrownBy(() -> left.send(ONE, new byte[1])).isInstanceOf(ChannelException.class);
  }

  @Test
  void whatWasSentBeforeAnOrderlyEndArrives() {
    left.send(ONE, new byte[] {3});
    left.close();
    assertThat(right.receive(ONE, 1)).containsExactly(3);
    assertThatThrownBy(() -> right.receive(ONE, 1)).isInstanceOf(ChannelException.class);
  }

  @Test
  void forksAreIndependent() {
    Channel leftLane = left.fork("lane.1");
    Channel rightLane = right.fork("lane.1");
    left.send(ONE, new byte[] {1});
    left.flush();
    leftLane.send(TWO, new byte[] {2});
    leftLane.flush();
    assertThat(rightLane.receive(TWO, 1)).containsExactly(2);
    assertThat(right.receive(ONE, 1)).containsExactly(1);
    assertThat(rightLane.peer()).isEqualTo(right.peer());
  }

  private static CompletableFuture<Throwable> failureOf(Channel channel) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            channel.receive(ONE, 1);
            failure.complete(new AssertionError("received what nobody sent"));
          } catch (RuntimeException e) {
            failure.complete(e);
          }
        });
    return failure;
  }

  private static Throwable await(CompletableFuture<Throwable> failure)
      throws InterruptedException, ExecutionException, TimeoutException {
    return failure.get(10, TimeUnit.SECONDS);
  }
}
