/**
 * The repository of kind {@code directory}: backups as directories or archives that can be read
 * without Holdfast.
 *
 * <p>Begin with {@link io.holdfast.engine.repository.directory.DirectoryRepository}. {@code
 * repository.layout} knows where everything lies, {@code listing} the listing of a tree, {@code
 * plain} and {@code archive} the two ways to store a backup; {@code transfer} moves bytes for both.
 */
@NullMarked
package io.holdfast.engine.repository.directory;

import org.jspecify.annotations.NullMarked;
