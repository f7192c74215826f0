package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What {@code repository unlock} tells.
 *
 * @param left the locks that stay
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryUnlockJson(
    String schema, String repository, int removed, List<LockJson> left) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.unlock/1";

  public RepositoryUnlockJson {
    left = List.copyOf(left);
  }
}
