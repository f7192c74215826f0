package io.holdfast.server.setting;

import io.holdfast.engine.schedule.Cron;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether a text is a cron expression that ever comes. */
final class CronForm {
  private CronForm() {}

  static Optional<String> check(String text) {
    try {
      Cron cron = Cron.of(text.strip(), ZoneOffset.UTC);
      return Optional.of(cron).filter(Cron::comes).map(Cron::expression);
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }
}
