package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.event.EventName;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backup.backup.failed | backup.backup.failed
          backup.restore.*     | backup.restore.started backup.restore.completed backup.restore.failed backup.restore.cancelled backup.restore.rollback
          *.pruned             | backup.retention.pruned
          backup.*.rollback    | backup.restore.rollback
          *manifest*invalid*   | backup.manifest.invalid
          backup.component.*   | backup.component.started backup.component.completed backup.component.failed
          """)
  void matches(String pattern, String events) {
    var wanted = new EventPattern(pattern);
    assertThat(
            Arrays.stream(EventName.values())
                .filter(wanted::matches)
                .map(EventName::text)
                .collect(Collectors.joining(" ")))
        .isEqualTo(events);
  }

  @Test
  void aStarMatchesAll() {
    assertThat(EventName.values()).allMatch(new EventPattern("*")::matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "backup.backup.fail",
        "backup.restor.*",
        "BACKUP.*",
        "(a+)+$",
        "a b",
        "server.request",
        "backup.notification.*",
        "backup.heartbeat.failed",
        "*.listed"
      })
  void whatMatchesNothingIsAMistake(String pattern) {
    assertThatThrownBy(() -> new EventPattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backup.backup.failed");
  }

  @Test
  void aDotIsADot() {
    assertThatThrownBy(() -> new EventPattern("backup_backup_failed"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
