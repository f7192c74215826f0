package io.holdfast.cli.json;

import io.avaje.jsonb.Json;

/**
 * What a look at the signatures of a repository found.
 *
 * @param good how many backups have good ones
 * @param newest the number of the newest, for {@code --signed-at-least} the next time; 0 if there
 *     is none
 * @param older how many backups were made before the first one, so that nothing vouches for them
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record SignaturesJson(int good, long newest, int older) {}
