package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import java.util.List;

/** What {@code doctor} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record DoctorJson(String schema, boolean ok, List<FindingJson> findings) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.doctor/1";
}
