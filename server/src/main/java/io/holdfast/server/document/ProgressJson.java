package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param fraction from 0 to 1; none while the total is unknown
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record ProgressJson(
    String phase,
    long bytesDone,
    @Nullable Long bytesTotal,
    @Nullable Double fraction,
    List<ProgressPartJson> parts) {}
