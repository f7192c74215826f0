package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * How to check the repository.
 *
 * @param readData whether to read every byte of every backup
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record CheckOrderJson(@Nullable Boolean readData) {}
