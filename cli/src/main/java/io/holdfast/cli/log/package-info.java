/**
 * The log of {@code holdfast serve}: a line of JSON for each event, on standard error.
 *
 * <p>Begin with {@link io.holdfast.cli.log.ServerLog}.
 */
@NullMarked
package io.holdfast.cli.log;

import org.jspecify.annotations.NullMarked;
