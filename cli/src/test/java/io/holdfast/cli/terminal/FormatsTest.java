package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource({
    "-1, -",
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "10230, 9.99 KiB",
    "10240, 10.0 KiB",
    "102350, 100 KiB",
    "1023487, 999 KiB",
    "1023488, 0.98 MiB",
    "1073741824, 1.00 GiB",
    "9223372036854775807, 8.00 EiB"
  })
  void writesSizes(long bytes, String expected) {
    assertThat(Formats.size(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S, 0 ms",
    "PT0.85S, 850 ms",
    "PT3.24S, 3.2 s",
    "PT59.94S, 59.9 s",
    "PT59.95S, 1 min",
    "PT61S, 1 min 1 s",
    "PT59M59.4S, 59 min 59 s",
    "PT59M59.5S, 1 h",
    "PT2H5M10S, 2 h 5 min",
    "PT23H59M31S, 1 d",
    "PT50H, 2 d 2 h"
  })
  void writesLengthsOfTime(Duration duration, String expected) {
    assertThat(Formats.duration(duration)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, in the future",
    "0, 0 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3599, 59 min ago",
    "3600, 1 h ago",
    "172799, 47 h ago",
    "172800, 2 d ago"
  })
  void writesAges(long seconds, String expected) {
    Instant now = Instant.parse("2026-11-20T12:00:00Z");

    assertThat(Formats.age(now.minusSeconds(seconds), now)).isEqualTo(expected);
  }

  @Test
  void countsInTheRightNumber() {
    assertThat(Formats.count(0, "file")).isEqualTo("0 files");
    assertThat(Formats.count(1, "file")).isEqualTo("1 file");
  }
}
