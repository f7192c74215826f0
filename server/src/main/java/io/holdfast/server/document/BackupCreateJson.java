package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** What {@code backup create} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupCreateJson(
    String schema, BackupJson backup, List<String> pruned, List<String> warnings) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.backup.create/1";
}
