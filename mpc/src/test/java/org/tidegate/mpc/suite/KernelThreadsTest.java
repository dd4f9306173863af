package org.tidegate.mpc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.session.Kernels;
import org.tidegate.mpc.session.Workers;

/** How work is cut into pieces, and how many threads share it, changes no byte. */
class KernelThreadsTest {
  private static final int ITEMS = 333;
  private static final int[] PIECES = {ITEMS, 64, 7};
  private static final int[] THREADS = {1, 2, 8};

  /** A kernel of one set, run over a range of items into an array. */
  record Case(String name, int resultBytes, Task task) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Task {
    void run(int from, int to, byte[] out);
  }

  static Stream<Case> cases() {
    KernelChoice best = KernelChoice.best();
    return Stream.concat(cases("best", best.kernels()), cases("scalar", Kernels.scalar()));
  }

  private static Stream<Case> cases(String set, Kernels kernels) {
    Random random = new Random(8);
    byte[] in = new byte[64 * ITEMS];
    random.nextBytes(in);
    byte[] scalar = new byte[32];
    random.nextBytes(scalar);
    scalar[31] = 1;
    long[] a = random.longs(ITEMS).toArray();
    long[] b = random.longs(ITEMS).toArray();
    // Odd and without a factor 5, so that 10 has powers.
    BigInteger root = BigInteger.ONE.shiftLeft(512).subtract(BigInteger.valueOf(3));
    var powers = kernels.squareModulus().fixedBase(root, BigInteger.TEN, 128, 64);
    return Stream.of(
        new Case(
            set + " ristretto255",
            32,
            (from, to, out) ->
                kernels
                    .ristretto()
                    .multiplyUniform(scalar, in, 64 * from, out, 32 * from, to - from)),
        new Case(
            set + " sha256",
            32,
            (from, to, out) -> kernels.sha256().hash(in, 64 * from, 64, out, 32 * from, to - from)),
        new Case(
            set + " fixed-base powers",
            128,
            (from, to, out) ->
                powers.powersVartime(in, 16 * from, 16, out, 128 * from, 128, to - from)),
        new Case(
            set + " gf128",
            16,
            (from, to, out) -> {
              long[] low = new long[ITEMS];
              long[] high = new long[ITEMS];
              kernels.gf128().multiply(low, high, a, b, b, a, from, to);
              for (int i = from; i < to; i++) {
                ByteBuffer.wrap(out).putLong(16 * i, low[i]).putLong(16 * i + 8, high[i]);
              }
            }),
        new Case(
            set + " gf64",
            8,
            (from, to, out) -> {
              long[] products = new long[ITEMS];
              kernels.gf64().multiply(products, a, b, from, to);
              for (int i = from; i < to; i++) {
                ByteBuffer.wrap(out).putLong(8 * i, products[i]);
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threadsAndPiecesChangeNothing(Case kernel) {
    byte[] expected = new byte[kernel.resultBytes() * ITEMS];
    kernel.task().run(0, ITEMS, expected);
    for (int threads : THREADS) {
      try (Workers workers = Workers.of(threads)) {
        for (int piece : PIECES) {
          byte[] out = new byte[expected.length];
          workers.forRange(ITEMS, piece, (from, to) -> kernel.task().run(from, to, out));
          assertThat(out).as("%d threads, pieces of %d", threads, piece).isEqualTo(expected);
        }
      }
    }
  }
}
