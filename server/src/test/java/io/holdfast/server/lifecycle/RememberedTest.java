package io.holdfast.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final Remembered<String, Integer> remembered =
      new Remembered<>(Duration.ofSeconds(5), clock);
  private final AtomicInteger found = new AtomicInteger();

  private int ask(String key) {
    return remembered.get(key, found::incrementAndGet);
  }

  @Test
  @DisplayName("is found out once for as long as it is kept, and for each key")
  void once() {
    assertThat(ask("a")).isEqualTo(1);
    now = now.plusMillis(4999);
    assertThat(ask("a")).isEqualTo(1);
    now = now.plusMillis(1);
    assertThat(ask("a")).isEqualTo(2);
    assertThat(ask("b")).isEqualTo(3);
  }

  @Test
  @DisplayName("a clock that is put back keeps nothing for long")
  void clockPutBack() {
    assertThat(ask("a")).isEqualTo(1);
    now = now.minus(Duration.ofDays(1));
    assertThat(ask("a")).isEqualTo(2);
  }
}
