package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who orders a backup may say.
 *
 * @param components which; all if it is not said
 * @param compression how to store it, instead of what the settings say
 * @param trigger {@code manual}, {@code pre_migration} or {@code pre_update}; {@code manual} if it
 *     is not said
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupOrderJson(
    @Nullable List<String> components, @Nullable String compression, @Nullable String trigger) {}
