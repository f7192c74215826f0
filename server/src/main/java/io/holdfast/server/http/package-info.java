/**
 * HTTP/1.1 as the server speaks it: connections and their limits, routes, requests, responses,
 * problems.
 *
 * <p>Knows nothing of backups. Begin with {@link io.holdfast.server.http.Routes}.
 */
@NullMarked
package io.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
