package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** Something in a repository that is not as it should be. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ProblemJson(String code, @Nullable String runId, String subject, String message) {}
