package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What {@code repository acknowledge} tells.
 *
 * @param acknowledged run ids of backups that are gone, and may be
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryAcknowledgeJson(
    String schema, String repository, List<String> acknowledged) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.acknowledge/1";
}
