package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;

/** A privileged act. */
@Json(naming = Json.Naming.LowerUnderscore)
public record ActJson(
    long id,
    Instant at,
    String actor,
    String action,
    String subject,
    String outcome,
    String address,
    String correlation) {}
