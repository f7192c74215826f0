/**
 * Copies backups from one repository to another, of whatever kinds: the same manifest to the byte,
 * the same content, stored as the other repository stores it.
 *
 * <p>Begin with {@link io.holdfast.engine.copy.RepositoryCopy}. Uses {@code repository} and {@code
 * event}.
 */
@NullMarked
package io.holdfast.engine.copy;

import org.jspecify.annotations.NullMarked;
