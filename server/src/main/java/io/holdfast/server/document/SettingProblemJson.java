package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** Something wrong in a configuration. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SettingProblemJson(
    String file,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String key,
    String found,
    String allowed) {}
