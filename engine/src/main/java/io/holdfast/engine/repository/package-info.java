/**
 * Repositories: the interface that every kind keeps, and in {@code directory} the kind that needs
 * nothing but files.
 *
 * <p>Uses {@code error}, {@code file}, {@code run}, {@code artifact}, {@code manifest} and {@code
 * configuration}. Begin with {@link io.holdfast.engine.repository.Repository}.
 */
@NullMarked
package io.holdfast.engine.repository;

import org.jspecify.annotations.NullMarked;
