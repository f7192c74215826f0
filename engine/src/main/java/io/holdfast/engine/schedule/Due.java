package io.holdfast.engine.schedule;

import java.time.Instant;

/**
 * A run that is to come.
 *
 * @param instant when the schedule wants it
 * @param start when it is to start: the instant, and the random share of the jitter that was drawn
 *     for it
 */
public record Due(Instant instant, Instant start) {}
