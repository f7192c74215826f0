package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A component of the configuration.
 *
 * @param nextRun when a schedule includes it next; null without one
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record ConfiguredComponentJson(
    String name,
    String kind,
    boolean critical,
    @Nullable String group,
    String missing,
    long timeoutSeconds,
    Map<String, String> source,
    @Nullable String lastRunId,
    @Nullable Instant lastInstant,
    @Nullable Instant nextRun) {}
