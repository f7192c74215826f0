/**
 * The section {@code server} of the configuration.
 *
 * <p>Begin with {@link io.holdfast.server.configuration.ServerSettings}.
 */
@NullMarked
package io.holdfast.server.configuration;

import org.jspecify.annotations.NullMarked;
