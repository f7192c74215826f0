package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** A page of acts, newest first. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ActPageJson(List<ActJson> data, PaginationJson pagination) {}
