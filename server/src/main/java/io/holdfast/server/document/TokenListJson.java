package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** All tokens. */
@Json(naming = Json.Naming.LowerUnderscore)
public record TokenListJson(List<TokenJson> data) {}
