package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/**
 * What {@code repository prune} tells.
 *
 * @param dryRun whether nothing was changed
 * @param snapshots of whomever, whose content was kept
 * @param freedBytes by which the repository is smaller
 * @param waiting what goes when others have ended
 * @param waitingFor how many others
 * @param unusedBytes what stays though nothing needs it
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record RepositoryPruneJson(
    String schema,
    String repository,
    boolean dryRun,
    int snapshots,
    long freedBytes,
    Packs deleted,
    Packs repacked,
    Packs written,
    Packs kept,
    Packs waiting,
    int waitingFor,
    long unusedBytes) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.repository.prune/1";

  /** Some packs. */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Packs(int count, long bytes) {}
}
