package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code backup list} tells.
 *
 * @param snapshots of other programs in the same repository; null if there is none
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupListJson(
    String schema,
    String repository,
    List<BackupSummaryJson> backups,
    @Nullable List<SnapshotJson> snapshots) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.list/1";
}
