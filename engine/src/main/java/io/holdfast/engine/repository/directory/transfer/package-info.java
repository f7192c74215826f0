/**
 * Moving bytes between what is backed up and the repository: digests, buffers, threads, holes.
 *
 * <p>Uses {@code file}, {@code artifact} and {@code run}.
 */
@NullMarked
package io.holdfast.engine.repository.directory.transfer;

import org.jspecify.annotations.NullMarked;
