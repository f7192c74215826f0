package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.ProblemJson;
import java.util.List;

/**
 * What {@code repository check --read-data-subset} tells.
 *
 * @param bytesRead what was read now
 * @param bytesTotal what there is
 * @param bytesUnread what of it was never read by such checks
 * @param remembered whether the next such check knows of this one; if not, it reads the same
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryPartCheckJson(
    String schema,
    String repository,
    boolean ok,
    long bytesRead,
    long bytesTotal,
    long bytesUnread,
    boolean remembered,
    List<ProblemJson> problems) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.check.part/1";
}
