package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** One thing that a restore changes. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ChangeJson(String action, String subject, @Nullable String detail) {}
