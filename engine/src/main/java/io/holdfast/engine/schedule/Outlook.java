package io.holdfast.engine.schedule;

import java.util.Optional;

/**
 * What follows from a look at the clock.
 *
 * @param runNow whether a run is to start now
 * @param passed how many due instants passed without a run; the one of a run that starts now is not
 *     among them. Never more than {@link Timetable#MOST_COUNTED}
 * @param next the run to wait for, later than now; empty if none will ever be due
 */
public record Outlook(boolean runNow, int passed, Optional<Due> next) {}
