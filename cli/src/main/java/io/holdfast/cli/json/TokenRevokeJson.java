package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/** What {@code token revoke} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenRevokeJson(String schema, String revoked) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.token.revoke/1";
}
