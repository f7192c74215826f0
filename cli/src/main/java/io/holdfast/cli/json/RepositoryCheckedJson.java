package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.ProblemJson;
import io.holdfast.server.document.RepositoryCheckJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repository check} tells: what a server tells of it, and what was found of signatures
 * here, where the public key is.
 *
 * @param signatures null if nobody asked for them
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryCheckedJson(
    String schema,
    String repository,
    boolean ok,
    boolean readData,
    int backups,
    int snapshots,
    @Nullable SignaturesJson signatures,
    List<ProblemJson> problems) {
  /** The name and version of this form. */
  public static final String SCHEMA = RepositoryCheckJson.SCHEMA;

  public RepositoryCheckedJson {
    problems = List.copyOf(problems);
  }
}
