package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** One thing that was looked at. */
@Json(naming = Json.Naming.LowerUnderscore)
public record FindingJson(
    String severity, String area, String subject, String message, @Nullable String guidance) {}
