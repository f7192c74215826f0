/**
 * Cuts content into chunks where the content says so, at exactly the places where restic cuts it
 * with the same polynomial. That is what makes one store each other's data but once.
 *
 * <p>Pure computation; uses nothing else of Holdfast. Begin with {@link
 * io.holdfast.vault.chunk.Chunker}.
 */
@NullMarked
package io.holdfast.vault.chunk;

import org.jspecify.annotations.NullMarked;
