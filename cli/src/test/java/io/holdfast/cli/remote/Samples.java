package io.holdfast.cli.remote;

import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupHealthJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.document.StatusJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents that a server may send. */
final class Samples {
  static final String RUN = "20261120-143000-000007";

  private static final Instant BEGUN = Instant.parse("2026-11-20T14:30:00Z");

  private Samples() {}

  static BackupJson backup(String status) {
    return new BackupJson(
        RUN,
        "5f2d9c01ab34",
        status,
        "manual",
        null,
        List.of(),
        BEGUN,
        BEGUN.plusSeconds(4),
        null,
        null,
        "db1",
        "0.1.0",
        "zstd",
        1024,
        List.of(component("app-db", status)),
        null);
  }

  private static ComponentJson component(String name, String status) {
    return new ComponentJson(
        name,
        "sqlite",
        status,
        true,
        null,
        null,
        BEGUN,
        BEGUN.plusSeconds(3),
        1024,
        Map.of("path", "/srv/app.db"),
        List.of(),
        List.of(),
        null);
  }

  static BackupSummaryJson summary(String run) {
    return new BackupSummaryJson(
        run,
        null,
        "5f2d9c01ab34",
        "completed",
        "manual",
        null,
        null,
        BEGUN,
        BEGUN.plusSeconds(4),
        null,
        "zstd",
        1024L,
        null,
        List.of("app-db"),
        null);
  }

  /** A backup run; under way if it has no status. */
  static RunJson run(@Nullable String status) {
    return new RunJson(
        RUN,
        "backup",
        "manual",
        status == null ? "running" : status,
        BEGUN,
        status == null ? null : BEGUN.plusSeconds(4),
        "ops",
        null,
        null,
        null,
        status == null
            ? null
            : new BackupCreateJson(
                BackupCreateJson.SCHEMA, backup(status), List.of("pruned"), List.of()),
        null);
  }

  /** A run that a dying server left without a record. */
  static RunJson interrupted() {
    return new RunJson(
        RUN,
        "backup",
        "manual",
        "failed",
        BEGUN,
        BEGUN.plusSeconds(4),
        "ops",
        null,
        new FailureJson("INTERRUPTED", "the process that ran it ended", "Make another."),
        null,
        null,
        null);
  }

  static ProgressJson progress(long done) {
    return new ProgressJson("transfer", done, 1024L, null, List.of());
  }

  static StatusJson status(@Nullable RunJson current, String health) {
    return new StatusJson(
        StatusJson.SCHEMA,
        "0.1.0",
        BEGUN,
        "/var/backups/platform",
        null,
        12,
        new HealthJson(health, new BackupHealthJson("ok", BEGUN), "ok"),
        new ScheduleJson(true, "every 6 hours", BEGUN.plusSeconds(3600), 2, 1),
        current);
  }
}
