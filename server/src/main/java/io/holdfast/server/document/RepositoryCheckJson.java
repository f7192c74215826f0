package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What {@code repository check} tells.
 *
 * @param backups how many it covers
 * @param snapshots how many of other programs it covers besides
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryCheckJson(
    String schema,
    String repository,
    boolean ok,
    boolean readData,
    int backups,
    int snapshots,
    List<ProblemJson> problems) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.check/1";
}
