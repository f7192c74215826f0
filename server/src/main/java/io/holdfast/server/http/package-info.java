/**
 * HTTP/1.1 as the server speaks it: connections and their limits, routes, requests, answers,
 * problems.
 *
 * <p>Knows nothing of backups but the engine's errors. Jetty carries the bytes, and only the
 * classes with its name, {@code Exchange} and the few that read and write bodies know it. Begin
 * with {@link io.holdfast.server.http.HttpServer} and {@link io.holdfast.server.http.Routes}; the
 * way of a request is told by {@code JettyHandler} and {@code Dispatcher}.
 */
@NullMarked
package io.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
