package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.TokenJson;
import org.jspecify.annotations.Nullable;

/**
 * What {@code token create} tells.
 *
 * @param file where the secret is, if it is not in {@code token}
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenCreateJson(String schema, TokenJson token, @Nullable String file) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.token.create/1";
}
