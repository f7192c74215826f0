package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/**
 * What {@code repository init} tells.
 *
 * @param encrypted whether a password is needed to restore
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryInitJson(String schema, String repository, String kind, boolean encrypted) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.init/1";
}
