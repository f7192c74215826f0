/**
 * The installation on this machine: finds its configuration and opens the engine for it.
 *
 * <p>Begin with {@link io.holdfast.cli.local.LocalTarget}.
 */
@NullMarked
package io.holdfast.cli.local;

import org.jspecify.annotations.NullMarked;
