package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/** What {@code backup delete} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupDeleteJson(String schema, String deleted) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.delete/1";
}
