package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.ChangeJson;
import java.time.Instant;
import java.util.List;

/** What {@code restore} tells of a snapshot of another program. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SnapshotRestoreJson(
    String schema,
    String runId,
    String snapshotId,
    boolean dryRun,
    Instant startedAt,
    Instant finishedAt,
    String destination,
    List<ChangeJson> changes,
    List<String> warnings) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.snapshot.restore/1";
}
