package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.TokenJson;
import java.util.List;

/** What {@code token list} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokensJson(String schema, List<TokenJson> tokens) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.token.list/1";
}
