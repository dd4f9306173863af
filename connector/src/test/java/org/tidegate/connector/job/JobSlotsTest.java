package org.tidegate.connector.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class JobSlotsTest {
  private static final Duration SOON = Duration.ofMillis(20);

  @Test
  void theLastPlaceIsForSomebodyElse() throws Exception {
    JobSlots slots = new JobSlots(3);
    assertThat(slots.take("bank", SOON)).isTrue();
    assertThat(slots.take("bank", SOON)).isTrue();
    assertThat(slots.take("bank", SOON)).isFalse();
    assertThat(slots.take("port", SOON)).isTrue();
    assertThat(slots.take("tax", SOON)).isFalse();
    slots.giveBack("bank");
    assertThat(slots.take("tax", SOON)).isTrue();
  }

  @Test
  void aSinglePlaceIsForAnybody() throws Exception {
    JobSlots slots = new JobSlots(1);
    assertThat(slots.take("bank", SOON)).isTrue();
    assertThat(slots.take("port", SOON)).isFalse();
    slots.giveBack("bank");
    assertThat(slots.take("port", SOON)).isTrue();
  }

  @Test
  void whoWaitsGetsAPlaceThatIsGivenBack() throws Exception {
    JobSlots slots = new JobSlots(1);
    assertThat(slots.take("bank", SOON)).isTrue();
    Thread other = Thread.ofVirtual().start(() -> slots.giveBack("bank"));
    assertThat(slots.take("port", Duration.ofSeconds(20))).isTrue();
    other.join();
  }
}
