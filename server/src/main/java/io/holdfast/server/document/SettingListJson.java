package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** All settings of a namespace. */
@Json(naming = Json.Naming.LowerUnderscore)
public record SettingListJson(List<SettingJson> data) {}
