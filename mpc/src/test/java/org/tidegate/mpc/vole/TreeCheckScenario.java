package org.tidegate.mpc.vole;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.random.PublicRandom;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * The combination is the one of its definition, honest runs end well, and altered trees, challenges
 * and answers abort: what a mutant of the check must break.
 */
public final class TreeCheckScenario implements Runnable {
  private static final int SIZE = 5;
  private static final int PIECE = 1 << 14;

  /** See the class. */
  @Override
  public void run() {
    var ends =
        new TwoParties()
            .run(
                session -> {
                  theCombinationIsItsDefinition(session, 3 * PIECE / 2 + 7, 3);
                  theCombinationIsItsDefinition(session, 300, 0);
                  answersDependOnEverything(session);
                  return true;
                },
                session -> true);
    if (ends.first().failure() != null) {
      throw new AssertionError(ends.first().failure());
    }
    int tree = Shape.of(VoleParameters.of(Adversary.MALICIOUS), SIZE).treeBytes();
    require(aborted(null, payload -> payload) == null, "an honest run aborts");
    for (int at : new int[] {tree - 16, tree - 1}) {
      requireInconsistent(aborted(VoleSteps.TREES, flip(at)), "trees at " + at);
    }
    for (int at : new int[] {0, 31, 32, 39, 40, 47}) {
      requireInconsistent(aborted(VoleSteps.CHALLENGE, flip(at)), "challenge at " + at);
    }
    for (int at : new int[] {0, 31}) {
      requireInconsistent(aborted(VoleSteps.ANSWER, flip(at)), "answer at " + at);
    }
    for (Step step : new Step[] {VoleSteps.CHALLENGE, VoleSteps.ANSWER}) {
      for (int more : new int[] {-1, 1}) {
        Throwable failure = aborted(step, payload -> Arrays.copyOf(payload, payload.length + more));
        require(failure != null, step + " of another length passes");
      }
    }
  }

  private static void theCombinationIsItsDefinition(Session session, int count, int lead) {
    byte[] seed = new byte[TreeCheck.SEED_BYTES];
    new Random(1).nextBytes(seed);
    long[] vector = new Random(2).longs(2L * (lead + count)).toArray();
    int[] places = new Random(3).ints(40, 0, count).distinct().sorted().toArray();
    places[0] = 0;
    places[places.length - 1] = count - 1;
    long[] values = new Random(4).longs(2L * places.length).toArray();
    long[] dense = new long[2];
    long[] sparse = new long[2];
    int place = 0;
    for (int piece = 0; piece * PIECE < count; piece++) {
      PublicRandom random = new PublicRandom("vole/check/" + piece, seed);
      for (int j = piece * PIECE; j < Math.min(count, (piece + 1) * PIECE); j++) {
        byte[] chi = new byte[16];
        random.nextBytes(chi, 0, 16);
        add(dense, chi, vector, 2 * (lead + j));
        if (place < places.length && places[place] == j) {
          add(sparse, chi, values, 2 * place++);
        }
      }
    }
    TreeCheck.Sums sums = new TreeCheck(session, seed).combine(vector, lead, count, places, values);
    require(Arrays.equals(sums.dense(), dense), "another sum of the vector");
    require(Arrays.equals(sums.sparse(), sparse), "another sum of the noise");
  }

  private static void add(long[] sum, byte[] chi, long[] values, int at) {
    long[] low = {BigEndian.readLongLittle(chi, 0)};
    long[] high = {BigEndian.readLongLittle(chi, 8)};
    new Gf128Scalar()
        .multiply(low, high, low, high, new long[] {values[at]}, new long[] {values[at + 1]}, 0, 1);
    sum[0] ^= low[0];
    sum[1] ^= high[0];
  }

  private static void answersDependOnEverything(Session session) {
    byte[] seed = new byte[TreeCheck.SEED_BYTES];
    byte[] other = seed.clone();
    other[31] = 1;
    byte[] answer = new TreeCheck(session, seed).answer(new long[] {1, 2});
    byte[] expected =
        session
            .binding()
            .hash("tidegate.vole.check/1")
            .bytes(seed)
            .bytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0})
            .finish();
    require(Arrays.equals(answer, expected), "another answer");
    require(
        !Arrays.equals(answer, new TreeCheck(session, other).answer(new long[] {1, 2})),
        "the answer does not depend on the seed");
  }

  private static UnaryOperator<byte[]> flip(int at) {
    return payload -> {
      payload[at] ^= 1;
      return payload;
    };
  }

  private static void requireInconsistent(@Nullable Throwable failure, String what) {
    require(
        failure instanceof ProtocolAbortException
            && String.valueOf(failure.getMessage()).contains("not consistent"),
        what + " altered: " + failure);
  }

  /** How the receiver's end fails with one step's frames altered. */
  private static @Nullable Throwable aborted(@Nullable Step step, UnaryOperator<byte[]> change) {
    UnaryOperator<Channel> wrap =
        end ->
            new TamperingChannel(
                end,
                (index, frame) ->
                    frame.step().equals(step)
                        ? new TamperingChannel.Frame(
                            frame.step(), change.apply(frame.payload().clone()))
                        : frame);
    VoleParameters parameters = VoleParameters.of(Adversary.MALICIOUS);
    var ends =
        new TwoParties()
            .kernels(KernelChoice.best().kernels())
            .deadline(Duration.ofSeconds(20))
            .first(wrap)
            .second(wrap)
            .run(
                session -> new VoleSenderSetup(session, parameters).connect(SIZE).run(),
                session -> new VoleReceiverSetup(session, parameters).connect(SIZE).run());
    if (step != null || ends.second().failure() != null) {
      return ends.second().failure();
    }
    long[] delta = ends.first().get().delta();
    for (int i = 0; i < SIZE; i++) {
      long[] low = {ends.second().get().a()[2 * i]};
      long[] high = {ends.second().get().a()[2 * i + 1]};
      new Gf128Scalar()
          .multiply(low, high, low, high, new long[] {delta[0]}, new long[] {delta[1]}, 0, 1);
      require(
          (low[0] ^ ends.first().get().b()[2 * i]) == ends.second().get().c()[2 * i],
          "c = a·Δ + b fails");
    }
    return null;
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new AssertionError(otherwise);
    }
  }
}
