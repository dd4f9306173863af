package org.tidegate.connector.psi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.MeteredChannel;
import org.tidegate.mpc.psi.bucket.Buckets;
import org.tidegate.mpc.psi.bucket.Partition;
import org.tidegate.mpc.session.Progress;
import org.tidegate.mpc.session.SessionOptions;

/**
 * One side of an intersection, from a file to its matching rows: reads or counts the keys, agrees
 * with the other side, and runs, in one go or bucket by bucket. Used by one thread, once.
 */
public final class PsiExchange implements AutoCloseable {
  private final KeyedFile file;
  private final PsiWish wish;
  private final PsiInput input;
  private final PsiOffer offer;
  private final Optional<PsiWork> work;

  /**
   * How it went.
   *
   * @param protocol its name
   * @param chosenKeys n′: how many keys of its choice a receiver that departs from a
   *     malicious-secure run can ask about
   * @param rows of this side's file whose key the other side has too, in no order; of the sender,
   *     none unless both learn
   * @param fileRows rows of the file
   * @param buckets in how many runs, 1 if the sets were not divided
   * @param firstBucket the first that was run now rather than before a breakdown
   * @param meter what went over the lanes
   * @param offline time from the start to where the keys are put to use, of all runs
   * @param online time from there to the end, of all runs
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Outcome(
      String protocol,
      long chosenKeys,
      int[] rows,
      int fileRows,
      int buckets,
      int firstBucket,
      MeteredChannel.Meter meter,
      Duration offline,
      Duration online) {}

  private PsiExchange(KeyedFile file, PsiWish wish, PsiInput input, Optional<PsiWork> work) {
    this.file = file;
    this.wish = wish;
    this.input = input;
    this.offer = PsiOffer.of(wish, input, work.flatMap(PsiWork::unfinished), file.kinds());
    this.work = work;
  }

  /**
   * Reads the keys, or counts them where they are too many to be held at once.
   *
   * @throws PsiInputException if the file or the working directory does not do
   */
  public static PsiExchange open(KeyedFile file, PsiWish wish) {
    Optional<PsiWork> work =
        wish.work().map(directory -> PsiWork.at(directory, file.words(wish.receives())));
    try {
      return new PsiExchange(file, wish, PsiInput.of(file, wish.bucketRows()), work);
    } catch (RuntimeException e) {
      work.ifPresent(PsiWork::close);
      throw e;
    }
  }

  /** Agrees with the other side, or finds as it does that the offers do not fit. */
  public final class Agreed {
    private final PsiOffer.Agreement agreement;

    private Agreed(PsiOffer.Agreement agreement) {
      this.agreement = agreement;
    }

    /** Whether buckets that ended before a breakdown are not run again. */
    public boolean goesOn() {
      return agreement.firstBucket() > 0;
    }

    /**
     * Runs.
     *
     * @param lane that the run has for itself
     */
    public Outcome run(Channel lane, SecureRandom entropy, SessionOptions options) {
      return PsiExchange.this.run(agreement, new MeteredChannel(lane), entropy, options);
    }
  }

  /**
   * Agrees on how to run.
   *
   * @param control to the other side
   * @param self this side's name
   * @throws PsiInputException if the offers do not fit; the other side finds the same
   */
  public Agreed agree(Channel control, String self, SecureRandom entropy) {
    return new Agreed(offer.agree(control, self, file, entropy));
  }

  private Outcome run(
      PsiOffer.Agreement agreement,
      MeteredChannel lane,
      SecureRandom entropy,
      SessionOptions options) {
    PsiSide side = agreement.side();
    Optional<Buckets> buckets = side.method().buckets();
    if (buckets.isPresent()) {
      try (PsiWork own = work.isPresent() ? null : PsiWork.temporary()) {
        PsiWork used = own == null ? work.orElseThrow() : own;
        return divided(agreement, buckets.get(), used, lane, entropy, options);
      }
    }
    long start = System.nanoTime();
    KeyedFile.Keys keys = input.keys();
    Duration reading = Duration.ofNanos(System.nanoTime() - start);
    PsiSide.Result result = once(side, lane, keys.keys(), entropy, options);
    lane.close();
    return new Outcome(
        side.method().protocol().name(),
        side.method().chosenKeys(),
        keys.rowsOf(result.matches()),
        input.fileRows(),
        1,
        0,
        lane.meter(),
        result.offline().plus(reading),
        result.online());
  }

  private Outcome divided(
      PsiOffer.Agreement agreement,
      Buckets buckets,
      PsiWork directory,
      MeteredChannel lane,
      SecureRandom entropy,
      SessionOptions options) {
    long start = System.nanoTime();
    if (agreement.firstBucket() == 0) {
      directory.clear();
      divide(agreement.runId(), buckets, directory.spill(), options);
      directory.divided(agreement.runId(), agreement.side().method(), buckets.count());
    }
    Duration offline = Duration.ofNanos(System.nanoTime() - start);
    Duration online = Duration.ZERO;
    for (int bucket = agreement.firstBucket(); bucket < buckets.count(); bucket++) {
      Partition.Content content = Partition.read(buckets, directory.spill(), bucket);
      Channel own = lane.fork("bucket-" + bucket);
      PsiSide.Result result =
          once(
              agreement.side().of(bucket),
              own,
              content.tokens(),
              entropy,
              of(bucket, buckets.count(), options));
      own.close();
      directory.finish(bucket, content.rowsOf(result.matches()));
      offline = offline.plus(result.offline());
      online = online.plus(result.online());
    }
    lane.close();
    return new Outcome(
        agreement.side().method().protocol().name(),
        agreement.side().method().chosenKeys(),
        directory.rows(buckets.count()),
        input.fileRows(),
        buckets.count(),
        agreement.firstBucket(),
        lane.meter(),
        offline,
        online);
  }

  private void divide(byte[] runId, Buckets buckets, SpillFiles spill, SessionOptions options) {
    Partition partition = new Partition(buckets, runId, spill);
    options.progress().at("dividing", 0, input.fileRows());
    input.stream(keys -> {
      partition.add(
          keys.keys(),
          keys.rows(),
          options.workers(),
          options.kernels().sha256(),
          () -> requireAlive(options));
      options.progress().at("dividing", keys.fileRows(), input.fileRows());
    });
    partition.finish();
  }

  private static void requireAlive(SessionOptions options) {
    String reason = options.cancellation().reason();
    if (reason != null) {
      throw new ChannelException("the run was cancelled: " + reason);
    }
  }

  private PsiSide.Result once(
      PsiSide side, Channel lane, PackedBytes keys, SecureRandom entropy, SessionOptions options) {
    return wish.receives()
        ? side.receive(lane, keys, entropy, options)
        : side.send(lane, keys, entropy, options);
  }

  /** Progress of a bucket says of which. */
  private static SessionOptions of(int bucket, int count, SessionOptions options) {
    String name = "bucket " + (bucket + 1) + " of " + count + ": ";
    Progress progress = (phase, done, total) -> options.progress().at(name + phase, done, total);
    return new SessionOptions(
        options.workers(), options.kernels(), options.deadline(), options.cancellation(), progress);
  }

  /** The result is out: what was kept to go on with is no longer needed. */
  public void complete() {
    work.ifPresent(PsiWork::complete);
  }

  /** Lets the working directory go; it stays if the run has not ended. */
  @Override
  public void close() {
    work.ifPresent(PsiWork::close);
  }
}
