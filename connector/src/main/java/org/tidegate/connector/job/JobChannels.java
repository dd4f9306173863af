package org.tidegate.connector.job;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Transcript;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.FrameObserver;
import org.tidegate.mpc.channel.MeteredChannel;
import org.tidegate.mpc.channel.ObservedChannel;
import org.tidegate.mpc.channel.TranscriptChannel;

/**
 * The channels of one job at this node, each with its transcript and its counts, and written down
 * frame by frame where a trace was asked for. Lanes are opened by one thread at a time.
 */
public final class JobChannels {
  private final String self;
  private final Lanes lanes;
  private final Optional<Path> trace;
  private final List<Recorded> recorded = new ArrayList<>();
  private final List<OutputStream> traces = new ArrayList<>();

  private record Recorded(
      String peer, String label, MeteredChannel metered, TranscriptChannel transcript) {}

  JobChannels(String self, Lanes lanes, Optional<Path> trace) {
    this.self = self;
    this.lanes = lanes;
    this.trace = trace;
  }

  /** The lane of a label to a peer. Protocols that fork ask for a label each instead. */
  public synchronized Channel lane(String peer, String label) {
    Channel lane = lanes.lane(peer, label);
    if (trace.isPresent()) {
      lane =
          new ObservedChannel(
              lane,
              observer(trace.get(), peer, label),
              fork -> observer(trace.get(), peer, label + "." + fork));
    }
    MeteredChannel metered = new MeteredChannel(lane);
    TranscriptChannel transcript = new TranscriptChannel(metered);
    recorded.add(new Recorded(peer, label, metered, transcript));
    return transcript;
  }

  /** What every lane has seen so far. Call when the protocol's threads are done. */
  synchronized List<Transcript> transcripts() {
    return recorded.stream()
        .map(lane -> {
          TranscriptChannel.Transcript seen = lane.transcript().transcript();
          return new Transcript(
              lane.peer(),
              lane.label(),
              Digest.ofHash(seen.sentDigest()),
              Digest.ofHash(seen.receivedDigest()),
              seen.sentBytes(),
              seen.receivedBytes());
        })
        .toList();
  }

  /** Payload bytes to and from each peer. */
  synchronized List<JobReport.Traffic> traffic() {
    List<JobReport.Traffic> traffic = new ArrayList<>();
    for (String peer : recorded.stream().map(Recorded::peer).distinct().sorted().toList()) {
      long sent = 0;
      long received = 0;
      for (Recorded lane : recorded) {
        if (lane.peer().equals(peer)) {
          sent += lane.metered().meter().sentBytes();
          received += lane.metered().meter().receivedBytes();
        }
      }
      traffic.add(new JobReport.Traffic(self, peer, sent));
      traffic.add(new JobReport.Traffic(peer, self, received));
    }
    return traffic;
  }

  /** Changes of direction on the busiest lane. */
  synchronized long rounds() {
    return recorded.stream().mapToLong(lane -> lane.metered().meter().rounds()).max().orElse(0);
  }

  /** Finishes the traces. */
  synchronized void close() {
    for (OutputStream out : traces) {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    traces.clear();
  }

  /** One file per lane and direction: each frame as its length (4 bytes) and its payload. */
  private FrameObserver observer(Path directory, String peer, String label) {
    String lane = label.replace('/', '.');
    OutputStream sent = open(directory, self + "-to-" + peer + "." + lane + ".frames");
    OutputStream received = open(directory, peer + "-to-" + self + "." + lane + ".frames");
    return (direction, step, buffer, offset, length) -> {
      OutputStream out = direction == FrameObserver.Direction.SENT ? sent : received;
      byte[] head = {
        (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
      };
      try {
        out.write(head);
        out.write(buffer, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the trace in " + directory, e);
      }
    };
  }

  private OutputStream open(Path directory, String name) {
    try {
      Files.createDirectories(directory);
      OutputStream out =
          new java.io.BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), 1 << 16);
      traces.add(out);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the trace in " + directory, e);
    }
  }
}
