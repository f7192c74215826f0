package io.holdfast.server.http;

import java.util.Optional;

/**
 * A request that was answered, or broken off.
 *
 * @param method such as {@code GET}; {@code other} for one that is none of HTTP's
 * @param route the template of its route; empty if none was found. The path itself is the client's
 *     text and is not logged
 * @param status the status that was sent
 * @param complete whether the answer was sent to its end
 * @param millis from the request's head to the end of its answer
 * @param caller the caller's name
 * @param correlation the id that the client was told
 * @param address the client's address
 */
public record AccessEvent(
    String method,
    Optional<String> route,
    int status,
    boolean complete,
    long millis,
    String caller,
    String correlation,
    String address) {}
