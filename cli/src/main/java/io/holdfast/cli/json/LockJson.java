package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A lock in a repository.
 *
 * @param holder who put it, for people
 * @param since when it was put or renewed last; null of one that cannot be read
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record LockJson(String holder, @Nullable String since) {}
