package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot of another program. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SnapshotJson(
    String snapshotId,
    Instant time,
    String host,
    String username,
    List<String> paths,
    List<String> tags,
    @Nullable String program) {}
