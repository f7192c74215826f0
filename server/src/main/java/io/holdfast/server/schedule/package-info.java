/**
 * The thread that starts scheduled runs.
 *
 * <p>When they are due is decided in {@code engine.schedule}; what a run does is handed in. Begin
 * with {@link io.holdfast.server.schedule.Scheduler}.
 */
@NullMarked
package io.holdfast.server.schedule;

import org.jspecify.annotations.NullMarked;
