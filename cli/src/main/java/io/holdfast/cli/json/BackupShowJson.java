package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.BackupJson;

/** What {@code backup show} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupShowJson(String schema, BackupJson backup) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.show/1";
}
