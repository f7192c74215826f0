package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One component of a backup. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ComponentJson(
    String name,
    String kind,
    String status,
    boolean critical,
    @Nullable String group,
    @Nullable Instant instant,
    Instant startedAt,
    @Nullable Instant finishedAt,
    long sizeBytes,
    Map<String, String> source,
    List<ArtifactJson> artifacts,
    List<String> warnings,
    @Nullable FailureJson failure) {}
