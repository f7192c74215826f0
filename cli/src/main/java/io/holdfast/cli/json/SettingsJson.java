package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.SettingJson;
import java.util.List;

/** What {@code settings list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SettingsJson(String schema, List<SettingJson> settings) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.settings.list/1";
}
