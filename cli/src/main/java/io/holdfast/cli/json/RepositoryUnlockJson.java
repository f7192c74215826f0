package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/** What {@code repository unlock} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryUnlockJson(String schema, String repository, int removed) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.unlock/1";
}
