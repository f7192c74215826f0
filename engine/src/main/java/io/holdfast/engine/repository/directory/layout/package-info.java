/**
 * Where everything lies in a repository of kind {@code directory}, and the small files that every
 * backup has: names and paths without I/O, the manifest beside its checksum, lines of {@code
 * SHA256SUMS}, and what a failed operation on the repository means.
 *
 * <p>Uses {@code error}, {@code file}, {@code run}, {@code artifact}, {@code manifest} and {@code
 * transfer}.
 */
@NullMarked
package io.holdfast.engine.repository.directory.layout;

import org.jspecify.annotations.NullMarked;
