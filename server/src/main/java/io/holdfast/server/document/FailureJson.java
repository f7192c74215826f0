package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** Why something failed. */
@Json(naming = Json.Naming.LowerUnderscore)
public record FailureJson(String code, String message, @Nullable String guidance) {}
