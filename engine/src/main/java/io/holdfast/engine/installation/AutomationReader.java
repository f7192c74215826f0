package io.holdfast.engine.installation;

import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.schedule.Cron;
import io.holdfast.engine.schedule.InvalidScheduleException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Reads what the section {@code backup} says of things done by themselves. */
final class AutomationReader {
  private static final Automation OTHERWISE = Automation.DEFAULT;

  private AutomationReader() {}

  static Automation read(Settings backup) {
    int hours =
        backup.number(
            "schedule_hours",
            Math.toIntExact(OTHERWISE.every().toHours()),
            Automation.LEAST_HOURS,
            Automation.MOST_HOURS);
    Optional<String> cron = backup.optionalText("schedule_cron");
    cron.ifPresent(text -> check(backup, text));
    if (cron.isPresent() && backup.has("schedule_hours")) {
      backup.problem(
          "schedule_cron", "both schedule_cron and schedule_hours", "one of the two, not both");
    }
    return new Automation(
        backup.flag("enabled", OTHERWISE.enabled()),
        Duration.ofHours(hours),
        cron,
        zone(backup),
        backup.has("schedule_jitter")
            ? backup.duration("schedule_jitter", Duration.ofSeconds(1))
            : OTHERWISE.jitter(),
        backup.flag("catch_up", OTHERWISE.catchUp()),
        backup.flag("on_startup", OTHERWISE.onStartup()),
        backup.flag("on_shutdown", OTHERWISE.onShutdown()),
        backup.duration("shutdown_timeout", OTHERWISE.shutdownTimeout()));
  }

  private static void check(Settings backup, String cron) {
    try {
      if (!Cron.of(cron.strip(), OTHERWISE.zone()).comes()) {
        backup.problem(
            "schedule_cron",
            Problem.quoted(cron) + ", which never comes",
            "an expression that comes now and then, such as 0 3 * * *");
      }
    } catch (InvalidScheduleException wrong) {
      backup.problem(
          "schedule_cron",
          Problem.quoted(wrong.found()) + " as the " + wrong.field(),
          wrong.allowed());
    }
  }

  private static ZoneId zone(Settings backup) {
    Optional<String> written = backup.optionalText("schedule_zone");
    if (written.isEmpty()) {
      return OTHERWISE.zone();
    }
    try {
      return ZoneId.of(written.get());
    } catch (DateTimeException unknown) {
      backup.problem(
          "schedule_zone",
          Problem.quoted(written.get()),
          "a time zone, such as UTC or Europe/Vienna");
      return OTHERWISE.zone();
    }
  }
}
