package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/**
 * What {@code repository init} tells.
 *
 * @param encrypted whether a password is needed to restore
 * @param made whether it was not there before
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryInitJson(
    String schema, String repository, String kind, boolean encrypted, boolean made) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.init/1";
}
