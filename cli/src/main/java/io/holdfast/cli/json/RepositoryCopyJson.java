package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.FailureJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repository copy} tells.
 *
 * @param snapshotsLeftOut how many snapshots of other programs the source holds, which are not
 *     copied; 0 where backups were named
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryCopyJson(
    String schema,
    boolean ok,
    String source,
    String target,
    List<CopiedBackupJson> backups,
    int snapshotsLeftOut,
    @Nullable FailureJson failure) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.copy/1";
}
