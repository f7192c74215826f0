package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.RunJson;

/** What {@code run show}, {@code watch} and {@code cancel} tell. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RunShowJson(String schema, RunJson run) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.run.show/1";
}
