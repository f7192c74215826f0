package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** One check of an artifact. */
@Json(naming = Json.Naming.LowerUnderscore)
public record CheckJson(String name, boolean ok, @Nullable String detail) {}
