package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.RunJson;
import java.util.List;

/** What {@code run list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RunsJson(String schema, List<RunJson> runs) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.run.list/1";
}
