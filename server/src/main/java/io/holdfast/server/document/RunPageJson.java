package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** A page of runs, newest first. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RunPageJson(List<RunJson> data, PaginationJson pagination) {}
