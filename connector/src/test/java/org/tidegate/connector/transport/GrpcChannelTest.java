package org.tidegate.connector.transport;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelContract;
import org.tidegate.mpc.channel.MemoryChannel;

/** The contract of {@link Channel} over gRPC and mutual TLS, between two nodes' servers. */
@Timeout(60)
class GrpcChannelTest extends ChannelContract {
  private static final AtomicInteger jobs = new AtomicInteger();
  @TempDir static Path directory;
  private static TestSpace space;

  @BeforeAll
  static void start() {
    space = new TestSpace(directory, "left", "right");
  }

  @AfterAll
  static void stop() {
    space.close();
  }

  @Override
  protected MemoryChannel.Pair connect() {
    JobKey key = TestSpace.job("contract" + jobs.incrementAndGet());
    JobLanes left = space.register("left", key, "right");
    JobLanes right = space.register("right", key, "left");
    CompletableFuture<Channel> other =
        CompletableFuture.supplyAsync(() -> right.lane("left", "leg0"), Thread::startVirtualThread);
    return new MemoryChannel.Pair(left.lane("right", "leg0"), other.join());
  }
}
