package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** One component of a restore, and what changes. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RestoredComponentJson(String name, List<ChangeJson> changes) {}
