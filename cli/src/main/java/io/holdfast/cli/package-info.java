/**
 * The program {@code holdfast}: the command line over the engine, and the only module that knows
 * all stores.
 *
 * <p>Begin reading at {@link io.holdfast.cli.Main}.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
