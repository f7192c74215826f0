package io.holdfast.server.lifecycle;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.document.BackupHealthJson;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whether all is well, from what is there: the newest backups in the repository, the last attempt,
 * the state database. Thread-safe.
 */
final class Health {
  private static final int LOOKED_AT = 100;
  private static final Set<String> WELL = Set.of("ok", "none", "disabled");

  private final Catalogue catalogue;
  private final StateDatabase state;
  private final BackupSettings settings;
  private final LastAttempts attempts;
  private final ScheduleState schedule;
  private final Clock clock;
  private final Instant startedAt;

  Health(
      Catalogue catalogue,
      StateDatabase state,
      BackupSettings settings,
      LastAttempts attempts,
      ScheduleState schedule,
      Clock clock) {
    this.catalogue = catalogue;
    this.state = state;
    this.settings = settings;
    this.attempts = attempts;
    this.schedule = schedule;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  HealthJson document() {
    BackupHealthJson backup = backup();
    String database = database();
    boolean well = database.equals("ok") && WELL.contains(backup.state());
    return new HealthJson(well ? "ok" : "degraded", backup, database);
  }

  private BackupHealthJson backup() {
    try {
      Optional<Instant> success = lastSuccess();
      return new BackupHealthJson(state(success), success.orElse(null));
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return new BackupHealthJson("unavailable", null);
    }
  }

  private String state(Optional<Instant> success) {
    if (attempts.lastBackupFailed()) {
      return "failing";
    }
    if (!settings.flag(SettingKey.ENABLED)) {
      return "disabled";
    }
    // The first one is expected from the start on.
    Instant since = success.orElse(startedAt);
    boolean overdue =
        schedule
            .expectedInterval()
            .map(interval -> interval.multipliedBy(3).dividedBy(2))
            .filter(patience -> since.plus(patience).isBefore(clock.instant()))
            .isPresent();
    return overdue ? "overdue" : success.isEmpty() ? "none" : "ok";
  }

  /**
   * By the repository, so that a backup that a command line made counts, and a restart does not.
   */
  private Optional<Instant> lastSuccess() {
    return catalogue
        .newestSuccess(LOOKED_AT)
        .flatMap(backup -> Optional.ofNullable(backup.finishedAt()));
  }

  private String database() {
    try {
      state.probe();
      state.probeChange();
      return "ok";
    } catch (StateException e) {
      return "unavailable";
    }
  }
}
