package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.ProblemJson;
import java.util.List;

/** What {@code backup validate} tells of a snapshot of another program. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SnapshotValidateJson(
    String schema, boolean ok, String snapshotId, List<ProblemJson> problems) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.snapshot.validate/1";
}
