package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a new token is to be.
 *
 * @param role {@code admin}, {@code operator}, {@code viewer}, or {@code target}
 * @param expiresInDays when it stops working; never if it is not said
 * @param target which one it is to open, with the role {@code target} and no other
 * @param allowDelete whether it may delete what is stored there; not if it is not said
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenOrderJson(
    @Nullable String name,
    @Nullable String role,
    @Nullable Integer expiresInDays,
    @Nullable String target,
    @Nullable Boolean allowDelete) {}
