package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token.
 *
 * @param target what it opens; only with the role {@code target}
 * @param allowDelete whether it may delete what is stored there; only with the role {@code target}
 * @param token the secret; only in the answer to its making
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenJson(
    String id,
    String name,
    String role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String target,
    @Nullable Boolean allowDelete,
    @Nullable String token) {}
