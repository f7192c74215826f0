/**
 * Components and the SPI of their kinds. Begin with {@link
 * io.holdfast.engine.component.ComponentHandler}.
 *
 * <p>Uses {@code error}, {@code file}, {@code run}, {@code artifact} and {@code configuration}.
 * Knows no repository.
 */
@NullMarked
package io.holdfast.engine.component;

import org.jspecify.annotations.NullMarked;
