package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repository key add}, {@code remove} and {@code passwd} tell.
 *
 * @param added the id of the new key
 * @param removed the id of the key that opens nothing any more
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryKeyChangeJson(
    String schema, String repository, @Nullable String added, @Nullable String removed) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.key/1";
}
