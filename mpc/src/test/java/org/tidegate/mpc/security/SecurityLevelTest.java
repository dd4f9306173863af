package org.tidegate.mpc.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SecurityLevelTest {
  @Test
  void belowTheFloorsThereIsNoLevel() {
    assertThatThrownBy(() -> new SecurityLevel(128, 20))
        .isInstanceOf(InsecureParameterException.class)
        .hasMessageContaining("20")
        .hasMessageContaining("at least 40");
    assertThatThrownBy(() -> new SecurityLevel(112, 40))
        .isInstanceOf(InsecureParameterException.class)
        .hasMessageContaining("112");
    assertThat(SecurityLevel.STANDARD).isEqualTo(new SecurityLevel(128, 40));
  }
}
