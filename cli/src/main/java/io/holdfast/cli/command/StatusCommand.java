package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.document.StatusJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code status}. */
@Command(
    name = "status",
    description =
        "Show how a server is: its backups, its schedule, what is under way. Fails if it is not"
            + " well.")
final class StatusCommand extends Operation {
  private static final String WELL = "ok";

  @Override
  ExitCode run(Session session) {
    try (RemoteServer server = Targets.server(session)) {
      StatusJson status = server.status();
      session.answer(status, () -> tell(session, status));
      return status.health().status().equals(WELL) ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static void tell(Session session, StatusJson status) {
    Instant now = session.now();
    BackupText.fact(
        session,
        "server",
        "holdfast "
            + status.version()
            + ", up "
            + Formats.duration(Duration.between(status.startedAt(), now)));
    BackupText.fact(session, "repository", status.repository());
    Instant success = status.health().backup().lastSuccess();
    BackupText.fact(
        session,
        "backups",
        count(status.backups())
            + (success == null
                ? ", none has succeeded yet"
                : ", the last success " + Formats.age(success, now)));
    session.line(BackupText.label("health") + health(status.health(), session.style()));
    BackupText.fact(session, "schedule", schedule(status.schedule(), now));
    RunJson current = status.current();
    BackupText.fact(
        session, "under way", current == null ? "nothing" : RunText.underWay(current, now));
  }

  private static String count(@Nullable Integer backups) {
    return backups == null ? "unknown" : Formats.count(backups, "backup");
  }

  private static String health(HealthJson health, Style style) {
    String status = SafeText.line(health.status());
    return (health.status().equals(WELL) ? style.good(status) : style.bad(status))
        + SafeText.line(
            " (backups: "
                + health.backup().state()
                + ", state database: "
                + health.stateDatabase()
                + ")");
  }

  private static String schedule(ScheduleJson schedule, Instant now) {
    if (!schedule.enabled()) {
      return "off";
    }
    Instant next = schedule.next();
    return schedule.rule()
        + (next == null ? "" : ", next in " + Formats.duration(Duration.between(now, next)))
        + (schedule.skipped() == 0 ? "" : ", " + schedule.skipped() + " skipped")
        + (schedule.missed() == 0 ? "" : ", " + schedule.missed() + " missed");
  }
}
