package io.holdfast.server.setting;

import io.holdfast.engine.schedule.Cron;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether a text is a cron expression. */
final class CronForm {
  private CronForm() {}

  static Optional<String> check(String text) {
    try {
      return Optional.of(Cron.of(text.strip(), ZoneOffset.UTC).expression());
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }
}
