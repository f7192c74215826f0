package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** What {@code component list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ComponentListJson(String schema, List<ConfiguredComponentJson> components) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.component.list/1";
}
