package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;

/** What {@code backup list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupListJson(String schema, String repository, List<BackupSummaryJson> backups) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.list/1";
}
