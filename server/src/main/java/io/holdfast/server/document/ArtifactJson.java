package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** One file or tree of a component. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ArtifactJson(
    String name, String type, long sizeBytes, long files, String sha256, List<CheckJson> checks) {}
