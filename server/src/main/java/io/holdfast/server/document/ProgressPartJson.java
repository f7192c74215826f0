package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** One component's share of a phase. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ProgressPartJson(
    String name, long bytesDone, @Nullable Long bytesTotal, boolean ended) {}
