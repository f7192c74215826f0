package io.holdfast.server.http;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** A problem as it is written: the members of RFC 9457 first, then ours. */
@Json(naming = Json.Naming.LowerUnderscore)
record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String errorCode,
    String errorCategory,
    boolean retryable,
    @Nullable Long retryAfter,
    @Nullable String reason,
    @Nullable String runId) {

  static final String MEDIA_TYPE = "application/problem+json";

  static ProblemDocument of(Problem problem, String correlation) {
    ProblemCode code = problem.code();
    return new ProblemDocument(
        Problem.TYPE + "#" + code.category(),
        code.title(),
        code.status(),
        problem.detail(),
        correlation,
        code.name(),
        code.category(),
        problem.retryable(),
        problem.retryAfterSeconds().isPresent() ? problem.retryAfterSeconds().getAsLong() : null,
        problem.facts().get(Problem.REASON),
        problem.facts().get(Problem.RUN_ID));
  }
}
