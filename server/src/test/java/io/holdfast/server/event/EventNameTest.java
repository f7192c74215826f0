package io.holdfast.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.schedule.Interval;
import io.holdfast.server.schedule.SchedulerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventNameTest {
  static Stream<SchedulerEvent> schedulerEvents() {
    var schedule = new Interval(Duration.ofHours(6));
    return Stream.of(
        new SchedulerEvent.Started(schedule, Optional.empty()),
        new SchedulerEvent.Stopped(),
        new SchedulerEvent.Rescheduled(schedule, Optional.empty()),
        new SchedulerEvent.Tick(Instant.EPOCH),
        new SchedulerEvent.Skipped(1),
        new SchedulerEvent.Missed(2),
        new SchedulerEvent.Failed(new IllegalStateException()));
  }

  @ParameterizedTest
  @MethodSource("schedulerEvents")
  void whatASchedulerTellsHasAName(SchedulerEvent event) {
    assertThat(event.eventName().text()).startsWith("backup.scheduler.");
    assertThat(event.text()).isNotBlank();
  }

  @Test
  void namesAreOfOneForm() {
    assertThat(Arrays.stream(EventName.values()).map(EventName::text))
        .allMatch(text -> text.matches("(backup\\.[a-z_]+|server(\\.[a-z]+)?)\\.[a-z_]+"))
        .doesNotHaveDuplicates();
    assertThat(EventName.of("backup.backup.exploded")).isEmpty();
  }
}
