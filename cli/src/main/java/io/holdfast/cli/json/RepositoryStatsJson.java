package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repository stats} tells.
 *
 * @param logicalBytes of all files in all backups
 * @param uniqueBytes of what differs among them; absent where backups share nothing
 * @param deduplication logical by unique bytes
 * @param compression unique by stored bytes, or logical by stored ones where nothing is shared
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryStatsJson(
    String schema,
    String repository,
    String kind,
    int backups,
    int otherSnapshots,
    long files,
    long logicalBytes,
    @Nullable Long uniqueBytes,
    long storedBytes,
    @Nullable Double deduplication,
    @Nullable Double compression,
    int packs,
    int indexes,
    long unusedBytes) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.stats/1";
}
