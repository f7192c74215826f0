/**
 * The REST API: one class for each resource, and the routes that lead to them.
 *
 * <p>What each answers stands in {@code openapi.json}, to which a test holds them. Begin with
 * {@link io.holdfast.server.api.Api}.
 */
@NullMarked
package io.holdfast.server.api;

import org.jspecify.annotations.NullMarked;
