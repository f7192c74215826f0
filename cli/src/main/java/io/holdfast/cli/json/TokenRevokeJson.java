package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What {@code token revoke} tells.
 *
 * @param warning what that leads to, such as that no admin is left
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenRevokeJson(String schema, String revoked, @Nullable String warning) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.token.revoke/1";
}
