package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code repository key list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryKeysJson(String schema, String repository, List<Key> keys) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.keys/1";

  /** A password's key, without anything secret. */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Key(
      String id, boolean current, String username, String hostname, @Nullable Instant created) {}
}
