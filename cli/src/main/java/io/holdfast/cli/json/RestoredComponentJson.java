package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.util.List;

/** One component of a restore, and what changes. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RestoredComponentJson(String name, List<ChangeJson> changes) {}
