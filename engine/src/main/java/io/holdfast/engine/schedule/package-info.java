/**
 * When runs are due: pure functions of a schedule and instants.
 *
 * <p>Knows no thread and no clock. Begin with {@link io.holdfast.engine.schedule.Schedule}, then
 * {@link io.holdfast.engine.schedule.Timetable}.
 */
@NullMarked
package io.holdfast.engine.schedule;

import org.jspecify.annotations.NullMarked;
