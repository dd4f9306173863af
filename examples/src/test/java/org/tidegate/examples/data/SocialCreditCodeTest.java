package org.tidegate.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SocialCreditCodeTest {
  @ParameterizedTest
  // The standard's own example, and codes that companies print on their web pages.
  @ValueSource(strings = {"91350100M000100Y43", "91440300708461136T"})
  void acceptsKnownCodes(String code) {
    assertThat(SocialCreditCode.isValid(code)).isTrue();
  }

  @Test
  void everyFreshCodeIsValidAndEveryChangeOfOneCharacterIsNot() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int round = 0; round < 500; round++) {
      String code = SocialCreditCode.random(random, "370202");
      assertThat(SocialCreditCode.isValid(code)).as(code).isTrue();
      int at = random.nextInt(code.length());
      char other = code.charAt(at) == '7' ? '8' : '7';
      String changed = code.substring(0, at) + other + code.substring(at + 1);
      assertThat(SocialCreditCode.isValid(changed)).as(changed).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "91350100M000100Y4", "91350100M000100Y4I", "91350100m000100Y43"})
  void refusesWrongLengthsAndAlphabets(String code) {
    assertThat(SocialCreditCode.isValid(code)).isFalse();
  }
}
