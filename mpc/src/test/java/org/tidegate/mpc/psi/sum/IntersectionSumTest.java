package org.tidegate.mpc.psi.sum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.psi.sum.SumRuns.Input;
import org.tidegate.mpc.psi.sum.SumRuns.Run;
import org.tidegate.mpc.session.RevealHook;

/** Against the ideal functionality, and the refusals. */
final class IntersectionSumTest {
  static Stream<Input> inputs() {
    Random random = new Random(11);
    List<Input> inputs = new ArrayList<>();
    inputs.add(SumRuns.small());
    inputs.add(SumRuns.counting());
    int[][] sizes = {{0, 0}, {0, 2}, {2, 0}, {1, 1}, {1, 9}, {12, 3}};
    for (int[] size : sizes) {
      inputs.add(random(random, size[0], size[1], 63, 2));
    }
    // Exact doubles: two slots of 2098 bits take a ciphertext each.
    inputs.add(random(random, 4, 4, 2098, 2));
    inputs.add(random(random, 5, 6, 1, 3));
    return inputs.stream();
  }

  private static Input random(Random random, int matcher, int owner, int bits, int slots) {
    List<String> pool = new ArrayList<>();
    for (int i = 0; i < matcher + owner; i++) {
      pool.add("key-" + i);
    }
    Collections.shuffle(pool, random);
    List<String> first = List.copyOf(pool.subList(0, matcher));
    Collections.shuffle(pool, random);
    List<String> second = List.copyOf(pool.subList(0, owner));
    BigInteger largest = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    List<List<BigInteger>> values = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      List<BigInteger> column = new ArrayList<>();
      for (int row = 0; row < owner; row++) {
        column.add(
            switch (random.nextInt(4)) {
              case 0 -> largest;
              case 1 -> largest.negate();
              case 2 -> BigInteger.ZERO;
              default -> new BigInteger(bits, random).negate();
            });
      }
      values.add(column);
    }
    return new Input(first, second, values, bits);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void recipientLearnsTheIdealAnswerAndItsPeerTheCountAlone(Input input) {
    SumOutcome ideal = input.ideal();
    SumOutcome countOnly = new SumOutcome(ideal.matches(), List.of());

    Run toMatcher = new Run();
    var ends = toMatcher.run(new TwoParties(), input, input.parameters(Recipient.MATCHER));
    assertThat(ends.first().get()).isEqualTo(ideal);
    assertThat(ends.second().get()).isEqualTo(countOnly);
    assertThat(toMatcher.matcherHook).hasValue(0);
    assertThat(toMatcher.ownerHook).hasValue(1);

    Run toOwner = new Run();
    ends = toOwner.run(new TwoParties(), input, input.parameters(Recipient.VALUE_OWNER));
    assertThat(ends.first().get()).isEqualTo(countOnly);
    assertThat(ends.second().get()).isEqualTo(ideal);
    assertThat(toOwner.matcherHook).hasValue(1);
    assertThat(toOwner.ownerHook).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(Recipient.class)
  void eitherPartysMinimumRefusesBothAndTheRefusalIsRevealing(Recipient recipient) {
    for (int party = 0; party < 2; party++) {
      for (Input input : List.of(SumRuns.small(), SumRuns.counting())) {
        Run run = new Run();
        run.matcherMinimum = party == 0 ? 3 : 1;
        run.ownerMinimum = party == 1 ? 3 : 1;
        var ends = run.run(new TwoParties(), input, input.parameters(recipient));
        assertThat(ends.first().failure()).isInstanceOf(GroupTooSmallException.class);
        assertThat(ends.second().failure())
            .isInstanceOfSatisfying(
                GroupTooSmallException.class,
                e -> {
                  assertThat(e.code()).isEqualTo("group.tooSmall");
                  assertThat(e.minimumGroup()).isEqualTo(3);
                  assertThat(e.here()).isEqualTo(recipient == Recipient.MATCHER);
                });
        assertThat(run.matcherHook).hasValue(recipient == Recipient.MATCHER ? 0 : 1);
        assertThat(run.ownerHook).hasValue(recipient == Recipient.MATCHER ? 1 : 0);
      }
    }
  }

  @Test
  void aGroupOfExactlyTheMinimumIsAnswered() {
    Run run = new Run();
    run.matcherMinimum = 2;
    Input input = SumRuns.small();
    var ends = run.run(new TwoParties(), input, input.parameters(Recipient.MATCHER));
    assertThat(ends.first().get()).isEqualTo(input.ideal());
  }

  @Test
  void aFailingHookRevealsNothing() {
    Input input = SumRuns.counting();
    IntersectionSumParameters parameters = input.parameters(Recipient.MATCHER);
    var ends =
        new TwoParties()
            .run(
                session ->
                    new MatcherSetup(session, parameters)
                        .connect(SumRuns.keys(input.matcher()), 1)
                        .run(RevealHook.NONE),
                session ->
                    new ValueOwnerSetup(session, parameters)
                        .connect(SumRuns.keys(input.owner()), List.of(), 1)
                        .run(() -> {
                          throw new IllegalStateException("the disk is full");
                        }));
    assertThat(ends.first().failure())
        .isInstanceOf(org.tidegate.mpc.channel.ChannelException.class);
    assertThat(ends.second().failure()).hasMessage("the disk is full");
  }

  @Test
  void otherParametersPlansAndSessionsDoNotMeet() {
    Input input = SumRuns.counting();
    var ends =
        new TwoParties()
            .run(
                session ->
                    new MatcherSetup(session, input.parameters(Recipient.MATCHER))
                        .connect(SumRuns.keys(input.matcher()), 1),
                session ->
                    new ValueOwnerSetup(session, input.parameters(Recipient.VALUE_OWNER))
                        .connect(SumRuns.keys(input.owner()), List.of(), 1));
    assertThat(ends.first().failure()).isNotNull();
    assertThat(ends.second().failure()).isNotNull();
  }

  @Test
  void badInputIsNamed() {
    Input twice = new Input(List.of("a", "b", "a"), List.of("c"), List.of(), 1);
    var ends = new Run().run(new TwoParties(), twice, twice.parameters(Recipient.MATCHER));
    assertThat(ends.first().failure()).hasMessageContaining("rows 0 and 2 have the same key");
    IntersectionSumParameters parameters = SumRuns.small().parameters(Recipient.MATCHER);
    assertThatThrownBy(() ->
            PackedValues.of(
                parameters,
                List.of(
                    org.tidegate.mpc.bytes.IntegerColumn.of(
                        List.of(BigInteger.ZERO, BigInteger.ONE.shiftLeft(64)), 9),
                    org.tidegate.mpc.bytes.IntegerColumn.of(0, 0)),
                2))
        .hasMessageContaining("column v0, row 1");
  }
}
