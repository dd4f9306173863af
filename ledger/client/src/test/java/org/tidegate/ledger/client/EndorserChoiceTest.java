package org.tidegate.ledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndorserChoiceTest {
  private final Random random = new Random(5);
  private final EndorserChoice five = new EndorserChoice(List.of("a", "b", "c", "d", "e"), "a");

  @Test
  void theConcernedAreAskedAndFilledUpToAMajority() {
    for (int i = 0; i < 50; i++) {
      assertThat(five.choose(Set.of("d"), Set.of(), random))
          .hasSize(3)
          .contains("a", "d")
          .doesNotHaveDuplicates();
    }
    assertThat(five.choose(Set.of("b", "c", "d"), Set.of(), random)).hasSize(4);
    assertThat(new EndorserChoice(List.of("a", "b"), "a").choose(Set.of("a"), Set.of(), random))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void thoseWhoFailedAreLeftOutWhereAMajorityRemains() {
    for (int i = 0; i < 50; i++) {
      assertThat(five.choose(Set.of("d"), Set.of("d", "e"), random))
          .containsExactlyInAnyOrder("a", "b", "c");
    }
    assertThat(five.canAvoid(Set.of("d", "e"))).isTrue();
    assertThat(five.canAvoid(Set.of("c", "d", "e"))).isFalse();
    assertThat(five.choose(Set.of(), Set.of("c", "d", "e"), random)).hasSize(3).contains("a", "b");
  }
}
