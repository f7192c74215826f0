/**
 * What runs tell while they go: events as they happen, progress when asked.
 *
 * <p>Uses {@code run}. Begin with {@link io.holdfast.engine.event.RunMonitor}.
 */
@NullMarked
package io.holdfast.engine.event;

import org.jspecify.annotations.NullMarked;
