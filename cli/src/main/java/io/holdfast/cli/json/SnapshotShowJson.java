package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/** What {@code backup show} tells of a snapshot of another program. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SnapshotShowJson(String schema, SnapshotJson snapshot) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.snapshot.show/1";
}
