package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore answers.
 *
 * @param restoredComponents their names
 * @param safetyBackupId the backup of what was live before; none if nothing was
 * @param restartRequired whether applications that hold the restored files open have to be started
 *     again
 * @param restore all about it
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RestoreAnswerJson(
    String runId,
    String backupId,
    List<String> restoredComponents,
    @Nullable String safetyBackupId,
    boolean restartRequired,
    RestoreJson restore) {}
