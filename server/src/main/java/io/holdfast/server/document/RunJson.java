package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run, under way or past. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RunJson(
    String runId,
    String operation,
    @Nullable String trigger,
    String status,
    Instant startedAt,
    @Nullable Instant finishedAt,
    String actor,
    @Nullable String backupRunId,
    @Nullable FailureJson failure,
    @Nullable ProgressJson progress,
    @Nullable BackupCreateJson backup,
    @Nullable RestoreJson restore) {}
