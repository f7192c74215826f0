/**
 * Configuration: mappings with places in a file, problems that are told all at once.
 *
 * <p>Uses {@code error} and {@code file}.
 */
@NullMarked
package io.holdfast.engine.configuration;

import org.jspecify.annotations.NullMarked;
