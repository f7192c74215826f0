package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends.
 *
 * @param nextCursor what to ask for the next page with; none on the last
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record PaginationJson(int limit, boolean hasMore, @Nullable String nextCursor) {}
