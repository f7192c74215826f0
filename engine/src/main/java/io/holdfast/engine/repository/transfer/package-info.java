/**
 * Moving bytes between what is backed up and the repository: digests, buffers, threads, holes.
 *
 * <p>Uses {@code file}, {@code artifact} and {@code run}.
 */
@NullMarked
package io.holdfast.engine.repository.transfer;

import org.jspecify.annotations.NullMarked;
