package org.tidegate.mpc.vole;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.ot.extension.PerfectBase;
import org.tidegate.mpc.random.PublicRandom;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;

/**
 * The check's sums are those of its source, honest runs end well, and altered trees, challenges and
 * answers abort: what a mutant of the check must break. On perfect base transfers.
 */
public final class CheckScenario implements Runnable {
  private static final int SIZE = 5;
  private static final int PIECE = 1 << 14;
  private static final VoleParameters PARAMETERS = VoleParameters.of(Adversary.MALICIOUS);

  /** See the class. */
  @Override
  public void run() {
    new TwoParties()
        .run(
            session -> {
              theSumsAreThoseOfTheSource(session);
              answersDependOnEverything(session);
              return true;
            },
            session -> true)
        .first()
        .get();
    honestRunsEndWell();
    alteredTreesAbort();
    alteredChallengesAndAnswersAbort();
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new AssertionError(otherwise);
    }
  }

  private static long[] product(long low, long high, long[] by) {
    long[] a = {low};
    long[] b = {high};
    new Gf128Scalar().multiply(a, b, a, b, new long[] {by[0]}, new long[] {by[1]}, 0, 1);
    return new long[] {a[0], b[0]};
  }

  /** Over two pieces, with places at both ends of pieces and of what is multiplied at once. */
  private static void theSumsAreThoseOfTheSource(Session session) {
    int count = PIECE + 256 + 77;
    int lead = 3;
    byte[] seed = seed(7);
    Random random = new Random(8);
    long[] vector = random.longs(2L * (lead + count)).toArray();
    int[] places = {0, 255, 256, 700, PIECE - 1, PIECE, PIECE + 256, count - 1};
    long[] values = random.longs(2L * places.length).toArray();
    long[] dense = new long[2];
    long[] sparse = new long[2];
    byte[] chi = new byte[Shape.BLOCK_BYTES];
    PublicRandom source = new PublicRandom("vole/check/0", seed);
    for (int j = 0; j < count; j++) {
      if (j == PIECE) {
        source = new PublicRandom("vole/check/1", seed);
      }
      source.nextBytes(chi, 0, chi.length);
      long[] by = {BigEndian.readLongLittle(chi, 0), BigEndian.readLongLittle(chi, 8)};
      add(dense, product(vector[2 * (lead + j)], vector[2 * (lead + j) + 1], by));
      int place = Arrays.binarySearch(places, j);
      if (place >= 0) {
        add(sparse, product(values[2 * place], values[2 * place + 1], by));
      }
    }
    TreeCheck check = new TreeCheck(session, seed);
    TreeCheck.Sums sums = check.combine(vector, lead, count, places, values);
    require(Arrays.equals(sums.dense(), dense), "Σ χ_j·v_j is another");
    require(Arrays.equals(sums.sparse(), sparse), "Σ χ_j·a_j is another");
    long[] a = {random.nextLong(), random.nextLong()};
    long[] b = {random.nextLong(), random.nextLong()};
    require(Arrays.equals(check.product(a, b), product(a[0], a[1], b)), "a·b is another");
  }

  private static void add(long[] to, long[] what) {
    to[0] ^= what[0];
    to[1] ^= what[1];
  }

  private static byte[] seed(int number) {
    byte[] seed = new byte[TreeCheck.SEED_BYTES];
    Arrays.fill(seed, (byte) number);
    return seed;
  }

  private static void answersDependOnEverything(Session session) {
    byte[] answer = new TreeCheck(session, seed(1)).answer(new long[] {2, 3});
    require(answer.length == TreeCheck.ANSWER_BYTES, "an answer of another length");
    byte[][] others = {
      new TreeCheck(session, seed(2)).answer(new long[] {2, 3}),
      new TreeCheck(session, seed(1)).answer(new long[] {1L << 63 | 2, 3}),
      new TreeCheck(session, seed(1)).answer(new long[] {2, 1L << 63 | 3}),
    };
    for (byte[] other : others) {
      require(!Arrays.equals(answer, other), "two values have the same answer");
    }
    byte[] value = new byte[Shape.BLOCK_BYTES];
    value[0] = 2;
    value[8] = 3;
    byte[] plain =
        TwoParties.BINDING.hash("tidegate.vole.check/1").bytes(seed(1)).bytes(value).finish();
    require(Arrays.equals(answer, plain), "the answer is not H(V)");
  }

  private static void honestRunsEndWell() {
    var ends = altered(null, payload -> payload);
    SenderShares sender = ends.first().get();
    ReceiverShares receiver = ends.second().get();
    for (int i = 0; i < SIZE; i++) {
      long[] ours = product(receiver.a()[2 * i], receiver.a()[2 * i + 1], sender.delta());
      require(
          (ours[0] ^ sender.b()[2 * i]) == receiver.c()[2 * i]
              && (ours[1] ^ sender.b()[2 * i + 1]) == receiver.c()[2 * i + 1],
          "c = a·Δ + b fails");
    }
  }

  /** Of each level the receiver opens one of two sums, and of each tree the sum of all leaves. */
  private static void alteredTreesAbort() {
    int tree = Shape.of(PARAMETERS, SIZE).treeBytes();
    int aborted = 0;
    for (int side = 0; side < 2; side++) {
      var ends = altered(VoleSteps.TREES, flip(97 * tree + 16 * side));
      aborted += ends.second().failure() == null ? 0 : 1;
    }
    require(aborted == 1, "of two altered sums, not one is noticed");
    for (int at : new int[] {tree - 16, 7 * tree - 1}) {
      requireAbort(VoleSteps.TREES, flip(at), "not consistent");
    }
  }

  private static void alteredChallengesAndAnswersAbort() {
    for (int at : new int[] {0, TreeCheck.SEED_BYTES, TreeCheck.CHALLENGE_BYTES - 1}) {
      requireAbort(VoleSteps.CHALLENGE, flip(at), "not consistent");
    }
    for (int at : new int[] {0, TreeCheck.ANSWER_BYTES - 1}) {
      requireAbort(VoleSteps.ANSWER, flip(at), "not consistent");
    }
    requireAbort(VoleSteps.ANSWER, payload -> new byte[payload.length], "not consistent");
    requireAbort(VoleSteps.ANSWER, payload -> new byte[0], "not consistent");
    var cut = altered(VoleSteps.CHALLENGE, payload -> Arrays.copyOf(payload, payload.length - 1));
    require(
        cut.first().failure() instanceof ProtocolAbortException e
            && String.valueOf(e.getMessage()).contains("a frame of 47 bytes"),
        "a cut challenge passes");
  }

  private static UnaryOperator<byte[]> flip(int at) {
    return payload -> {
      payload[at] ^= 1;
      return payload;
    };
  }

  private static void requireAbort(Step step, UnaryOperator<byte[]> change, String words) {
    Throwable failure = altered(step, change).second().failure();
    require(
        failure instanceof ProtocolAbortException
            && String.valueOf(failure.getMessage()).contains(words),
        "an altered " + step + " ends with " + failure);
  }

  /** Runs with the frames of a step altered. */
  private static TwoParties.Ends<SenderShares, ReceiverShares> altered(
      @org.jspecify.annotations.Nullable Step step, UnaryOperator<byte[]> change) {
    AtomicBoolean done = new AtomicBoolean(step == null);
    UnaryOperator<Channel> wrap =
        end ->
            new TamperingChannel(
                end,
                (index, frame) -> {
                  if (!frame.step().equals(step)) {
                    return frame;
                  }
                  done.set(true);
                  return new TamperingChannel.Frame(
                      frame.step(), change.apply(frame.payload().clone()));
                });
    Shape shape = Shape.of(PARAMETERS, SIZE);
    int[] counts = {shape.parts() * shape.pathBits(), shape.parts() * shape.allValueBits()};
    var ends =
        new TwoParties()
            .deadline(Duration.ofSeconds(10))
            .first(wrap)
            .second(wrap)
            .run(
                session ->
                    new VoleSender(
                            session,
                            PARAMETERS,
                            shape,
                            PerfectBase.sender(session, PARAMETERS.extension(), Trees.USE, counts))
                        .run(),
                session ->
                    new VoleReceiver(
                            session,
                            PARAMETERS,
                            shape,
                            PerfectBase.receiver(
                                session, PARAMETERS.extension(), Trees.USE, counts))
                        .run());
    require(done.get(), "nothing was altered");
    return ends;
  }
}
