package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.paillier.PaillierKeyPair;
import org.tidegate.mpc.paillier.PaillierParameters;

/** Inputs, runs and the ideal functionality of the intersection-sum. */
final class SumRuns {
  /** One key for all tests: making one takes a second. */
  static final PaillierKeyPair KEY =
      PaillierKeyPair.generate(PaillierParameters.STANDARD, TwoParties.random(77, 9));

  private SumRuns() {}

  /** Both parties' inputs; values are per slot. */
  record Input(
      List<String> matcher, List<String> owner, List<List<BigInteger>> values, int valueBits) {
    IntersectionSumParameters parameters(Recipient recipient) {
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        slots.add(new Slot("v" + i, valueBits));
      }
      return IntersectionSumParameters.of(recipient, slots, 50, 50);
    }

    /** What a trusted third party would say. */
    SumOutcome ideal() {
      Set<String> others = new HashSet<>(matcher);
      int matches = 0;
      List<BigInteger> sums = new ArrayList<>();
      values.forEach(column -> sums.add(BigInteger.ZERO));
      for (int row = 0; row < owner.size(); row++) {
        if (others.contains(owner.get(row))) {
          matches++;
          for (int slot = 0; slot < values.size(); slot++) {
            sums.set(slot, sums.get(slot).add(values.get(slot).get(row)));
          }
        }
      }
      return new SumOutcome(matches, sums);
    }
  }

  /** Minimum groups, and how often each party's hook was called. */
  static final class Run {
    final AtomicInteger matcherHook = new AtomicInteger();
    final AtomicInteger ownerHook = new AtomicInteger();
    int matcherMinimum = 1;
    int ownerMinimum = 1;

    TwoParties.Ends<SumOutcome, SumOutcome> run(
        TwoParties parties, Input input, IntersectionSumParameters parameters) {
      return parties.run(
          session ->
              new MatcherSetup(session, parameters)
                  .connect(keys(input.matcher()), matcherMinimum)
                  .run(matcherHook::incrementAndGet),
          session ->
              new ValueOwnerSetup(session, parameters, KEY)
                  .connect(
                      keys(input.owner()),
                      input.values().stream()
                          .map(c -> IntegerColumn.of(c, input.valueBits() / 8 + 1))
                          .toList(),
                      ownerMinimum)
                  .run(ownerHook::incrementAndGet));
    }
  }

  static PackedBytes keys(List<String> keys) {
    return PackedBytes.of(keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList());
  }

  static List<BigInteger> numbers(long... values) {
    List<BigInteger> list = new ArrayList<>();
    for (long value : values) {
      list.add(BigInteger.valueOf(value));
    }
    return list;
  }

  static Input small() {
    return new Input(
        List.of("91350100M000100Y43", "91350100M000100Y44", "91350100M000100Y45"),
        List.of("91350100M000100Y44", "91350100M000100Y99", "91350100M000100Y43"),
        List.of(numbers(-7_000_000_001L, 5, 11_000_000_003L), numbers(1, 0, 0)),
        64);
  }

  static Input counting() {
    Input small = small();
    return new Input(small.matcher(), small.owner(), List.of(), 1);
  }
}
