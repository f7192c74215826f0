package io.holdfast.server.lifecycle;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.document.BackupHealthJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether all is well, from what is there: the newest backups in the repository, the last attempt,
 * the state database. Thread-safe.
 */
final class Health {
  private static final int LOOKED_AT = 100;

  private final Catalogue catalogue;
  private final StateDatabase state;
  private final BackupSettings settings;
  private final LastAttempts attempts;
  private final ScheduleState schedule;
  private final Clock clock;

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
  }

  HealthJson document() {
    BackupHealthJson backup = backup();
    String database = database();
    boolean well =
        database.equals("ok")
            && !backup.state().equals("failing")
            && !backup.state().equals("overdue");
    return new HealthJson(well ? "ok" : "degraded", backup, database);
  }

  private BackupHealthJson backup() {
    Optional<Instant> success = lastSuccess();
    return new BackupHealthJson(state(success), success.orElse(null));
  }

  private String state(Optional<Instant> success) {
    if (attempts.lastBackupFailed()) {
      return "failing";
    }
    if (!settings.flag(SettingKey.ENABLED)) {
      return "disabled";
    }
    if (success.isEmpty()) {
      return "none";
    }
    Optional<Duration> expected = schedule.expectedInterval();
    return expected.isPresent()
            && success
                .get()
                .plus(expected.get().multipliedBy(3).dividedBy(2))
                .isBefore(clock.instant())
        ? "overdue"
        : "ok";
  }

  /**
   * By the repository, so that a backup that a command line made counts, and a restart does not.
   */
  private Optional<Instant> lastSuccess() {
    try {
      return lastSuccessInRepository();
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Instant> lastSuccessInRepository() {
    for (BackupSummaryJson backup : catalogue.page(Optional.empty(), LOOKED_AT).backups()) {
      if (backup.safetyFor() == null
          && RunStatus.COMPLETED.word().equals(backup.status())
          && backup.finishedAt() != null) {
        return Optional.of(backup.finishedAt());
      }
    }
    return Optional.empty();
  }

  private String database() {
    try {
      state.probe();
      return "ok";
    } catch (StateException e) {
      return "unavailable";
    }
  }
}
