package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** How the validation of one backup went. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ValidationJson(String runId, boolean ok, List<ProblemJson> problems) {}
