package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | PT0S
          120                           | PT2M
          999999999                     | PT277777H46M39S
          Sat, 21 Nov 2026 06:02:00 GMT | PT2M
          Sat, 21 Nov 2026 05:00:00 GMT | PT0S
          """)
  void reads(String text, Duration expected) {
    assertThat(RetryAfter.parse(text, NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "9999999999", "soon", "Sat, 32 Nov 2026 06:02:00 GMT"})
  void ignoresWhatIsNeitherSecondsNorADate(String text) {
    assertThat(RetryAfter.parse(text, NOW)).isEmpty();
  }
}
