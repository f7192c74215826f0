package io.holdfast.cli.remote;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a request that failed: RFC 9457, as far as this program reads it. Nothing
 * of it is sure to be there.
 *
 * @param detail a sentence
 * @param guidance what to do next
 * @param instance the id under which the server's log tells more
 * @param retryable whether the same request may succeed later
 * @param retryAfter seconds
 * @param reason the name of the engine's error that it comes from
 * @param runId the run that failed
 */
@Json(naming = Json.Naming.LowerUnderscore)
record ProblemDocument(
    @Nullable String title,
    @Nullable Integer status,
    @Nullable String detail,
    @Nullable String guidance,
    @Nullable String instance,
    @Nullable String errorCode,
    @Nullable Boolean retryable,
    @Nullable Long retryAfter,
    @Nullable String reason,
    @Nullable String runId) {

  /** A problem of which nothing is known. */
  static final ProblemDocument UNKNOWN =
      new ProblemDocument(null, null, null, null, null, null, null, null, null, null);
}
