package org.tidegate.mpc.psi.sum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.FrameObserver.Direction;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.psi.sum.SumRuns.Input;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * The order of a list says nothing: each of the four shuffles is uniform, in real runs over many
 * seeds. What stands where is found out with the parties' own secret scalars.
 */
final class SumOrderTest {
  private static final int RUNS = 360;

  /** 5 degrees of freedom, for the 6 orders of 3 rows: above with probability 10⁻⁴. */
  private static final double CHI_SQUARED = 25.7;

  private static final int ORDERS = 6;

  private static final Input INPUT = SumRuns.counting();
  private static final int ROWS = 3;

  /** A party's secret, and its keys blinded with it, in the order of its rows. */
  private record Known(byte[] scalar, List<String> blinded) {}

  @ParameterizedTest
  @EnumSource(Recipient.class)
  void everyListIsShuffledUniformly(Recipient recipient) {
    Map<String, Integer> matcherKeys = new TreeMap<>();
    Map<String, Integer> ownerRows = new TreeMap<>();
    Map<String, Integer> returned = new TreeMap<>();
    Map<String, Integer> evaluated = new TreeMap<>();
    for (int seed = 0; seed < RUNS; seed++) {
      Recording wire = new Recording();
      var parameters = INPUT.parameters(recipient);
      var ends =
          new TwoParties()
              .seed(seed)
              .kernels(KernelChoice.best().kernels())
              .first(wire::of)
              .run(
                  session -> {
                    PackedBytes keys = SumRuns.keys(INPUT.matcher());
                    Known known = known(session, "matcher.blind", keys);
                    new MatcherSetup(session, parameters).connect(keys, 1).run(() -> {});
                    List<String> sent = list(wire, Direction.RECEIVED, SumSteps.OWNER_ROWS);
                    count(returned, times(session, known, sent), list(wire, SumSteps.RETURNED));
                    return known;
                  },
                  session -> {
                    PackedBytes keys = SumRuns.keys(INPUT.owner());
                    Known known = known(session, "owner.blind", keys);
                    new ValueOwnerSetup(session, parameters, SumRuns.KEY)
                        .connect(keys, List.of(), 1)
                        .run(() -> {});
                    List<String> got = list(wire, SumSteps.MATCHER_KEYS);
                    return new Known(known.scalar(), join(known, times(session, known, got)));
                  });
      count(matcherKeys, ends.first().get().blinded(), list(wire, SumSteps.MATCHER_KEYS));
      List<String> second = ends.second().get().blinded();
      count(
          ownerRows, second.subList(0, ROWS), list(wire, Direction.RECEIVED, SumSteps.OWNER_ROWS));
      count(
          evaluated,
          second.subList(ROWS, 2 * ROWS),
          list(wire, Direction.RECEIVED, SumSteps.EVALUATED));
    }
    assertThat(chiSquared(matcherKeys)).describedAs("MATCHER_KEYS").isLessThan(CHI_SQUARED);
    assertThat(chiSquared(ownerRows)).describedAs("OWNER_ROWS").isLessThan(CHI_SQUARED);
    assertThat(chiSquared(returned)).describedAs("RETURNED").isLessThan(CHI_SQUARED);
    assertThat(chiSquared(evaluated)).describedAs("EVALUATED").isLessThan(CHI_SQUARED);
  }

  private static Known known(Session session, String label, PackedBytes keys) {
    try (var random = session.random().fork(label)) {
      byte[] scalar = SecretScalars.random(random);
      byte[] blinded = new byte[keys.rows() * KeyLists.ELEMENT];
      int[] rows = {0, 1, 2};
      new KeyLists(session, SumSteps.PROTOCOL).blind(scalar, keys, rows, 0, ROWS, blinded);
      return new Known(scalar, elements(blinded));
    }
  }

  private static List<String> join(Known known, List<String> more) {
    List<String> all = new ArrayList<>(known.blinded());
    all.addAll(more);
    return all;
  }

  private static List<String> times(Session session, Known known, List<String> elements) {
    byte[] in = HexFormat.of().parseHex(String.join("", elements));
    byte[] out = new byte[in.length];
    new KeyLists(session, SumSteps.PROTOCOL)
        .multiply(SumSteps.MATCHER_KEYS, known.scalar(), in, 0, out, 0, elements.size());
    return elements(out);
  }

  private static List<String> list(Recording wire, Step step) {
    return list(wire, Direction.SENT, step);
  }

  private static List<String> list(Recording wire, Direction direction, Step step) {
    List<byte[]> frames =
        wire.frames().stream()
            .filter(frame -> frame.direction() == direction && frame.step().equals(step))
            .map(Recording.Seen::payload)
            .toList();
    assertThat(frames).hasSize(1);
    return elements(frames.getFirst());
  }

  private static List<String> elements(byte[] list) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < list.length; i += KeyLists.ELEMENT) {
      elements.add(HexFormat.of().formatHex(Arrays.copyOfRange(list, i, i + KeyLists.ELEMENT)));
    }
    return elements;
  }

  private static void count(Map<String, Integer> orders, List<String> rows, List<String> list) {
    assertThat(list).containsExactlyInAnyOrderElementsOf(rows);
    orders.merge(rows.stream().map(list::indexOf).toList().toString(), 1, Integer::sum);
  }

  private static double chiSquared(Map<String, Integer> orders) {
    double expected = RUNS / (double) ORDERS;
    double sum = (ORDERS - orders.size()) * expected;
    for (int seen : orders.values()) {
      sum += (seen - expected) * (seen - expected) / expected;
    }
    return sum;
  }
}
