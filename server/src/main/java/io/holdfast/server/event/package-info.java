/**
 * What the server tells of itself: one stream of named events, for the log, the notifications and
 * the counters. The names are those of the system that Holdfast replaces.
 *
 * <p>Begin with {@link io.holdfast.server.event.ServerEvents}.
 */
@NullMarked
package io.holdfast.server.event;

import org.jspecify.annotations.NullMarked;
