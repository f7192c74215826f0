package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.FailureJson;
import org.jspecify.annotations.Nullable;

/** What became of one backup of a copy. */
@Json(naming = Json.Naming.LowerUnderscore)
public record CopiedBackupJson(
    String runId, String result, long sizeBytes, @Nullable FailureJson failure) {}
