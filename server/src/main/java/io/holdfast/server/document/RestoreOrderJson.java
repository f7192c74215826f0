package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who orders a restore has to say.
 *
 * @param backupId a backup id, a run id, or {@code latest}
 * @param components which; all that the backup holds if it is not said
 * @param confirm consent; a dry run needs none
 * @param dryRun whether to stop before anything is changed
 * @param destination an absolute path on the server to restore to, instead of over what is live
 * @param delta whether to take from live state what is the same there
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RestoreOrderJson(
    @Nullable String backupId,
    @Nullable List<String> components,
    @Nullable Boolean confirm,
    @Nullable Boolean dryRun,
    @Nullable String destination,
    @Nullable Boolean delta) {}
