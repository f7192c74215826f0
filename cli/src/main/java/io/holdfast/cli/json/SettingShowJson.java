package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.SettingJson;

/** What {@code settings get}, {@code set} and {@code reset} tell. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SettingShowJson(String schema, SettingJson setting) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.settings.get/1";
}
