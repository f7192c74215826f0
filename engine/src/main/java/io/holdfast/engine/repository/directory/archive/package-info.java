/**
 * Backups as archives, {@code .tar.zst} and {@code .tar.gz}: any tar reads them, and Holdfast reads
 * one component without the others.
 *
 * <p>From the outside in: {@link io.holdfast.engine.repository.directory.archive.ArchiveTrailer}
 * tells where the table and the manifest are, {@link
 * io.holdfast.engine.repository.directory.archive.FrameTable} which frame belongs to which stream,
 * {@link io.holdfast.engine.repository.directory.archive.TarHeader} what is in a stream. Uses
 * {@code layout}, {@code listing} and {@code transfer}.
 */
@NullMarked
package io.holdfast.engine.repository.directory.archive;

import org.jspecify.annotations.NullMarked;
