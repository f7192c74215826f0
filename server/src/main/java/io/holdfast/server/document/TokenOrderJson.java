package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a new token is to be.
 *
 * @param role {@code admin}, {@code operator} or {@code viewer}
 * @param expiresInDays when it stops working; never if it is not said
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenOrderJson(
    @Nullable String name, @Nullable String role, @Nullable Integer expiresInDays) {}
