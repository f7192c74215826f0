package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backup, or the record of a run that published none, as its manifest tells it. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupJson(
    String runId,
    String backupId,
    String status,
    String trigger,
    @Nullable String safetyFor,
    List<String> requested,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant receivedAt,
    @Nullable String installation,
    String host,
    String softwareVersion,
    String compression,
    long sizeBytes,
    List<ComponentJson> components,
    @Nullable FailureJson failure) {}
