package io.holdfast.server.http;

import java.util.Optional;

/**
 * A request that failed on this side.
 *
 * @param correlation the id that the client was told instead of the cause
 * @param method as in {@link AccessEvent}
 * @param route the template of its route; empty if none was found
 * @param cause what nobody is told
 */
public record ErrorEvent(
    String correlation, String method, Optional<String> route, Throwable cause) {}
