/**
 * Backups as plain directories: written in parallel, read and verified without trust.
 *
 * <p>Uses {@code layout}, {@code listing} and {@code transfer}. Begin with {@link
 * io.holdfast.engine.repository.directory.plain.PlainBackupWriter}.
 */
@NullMarked
package io.holdfast.engine.repository.directory.plain;

import org.jspecify.annotations.NullMarked;
