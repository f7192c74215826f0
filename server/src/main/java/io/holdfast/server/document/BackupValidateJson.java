package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** What {@code backup validate} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupValidateJson(
    String schema, boolean ok, List<ValidationJson> backups, int snapshotsLeftOut) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.validate/1";
}
