package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error, on standard error. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ErrorJson(
    String schema,
    String code,
    String message,
    @Nullable String guidance,
    boolean retryable,
    int exitCode,
    Map<String, String> context,
    @Nullable List<SettingProblemJson> problems) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.error/1";
}
