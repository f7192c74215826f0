/**
 * What the files of a vault hold, once opened: records, and codecs between them and arrays of
 * bytes. Nothing here reads, writes, encrypts or asks the time.
 *
 * <p>The format is that of restic, version 2, and version 1 for reading. Two sources fix it: the
 * project's design document, and, for what that leaves to "the implementation", the order and the
 * rules by which Go's {@code encoding/json} writes restic's structures. Both matter to the byte,
 * since a tree is named by the SHA-256 of its JSON: whoever writes the same directory must come to
 * the same name, or nothing deduplicates.
 *
 * <p>One document, one codec: {@link io.holdfast.vault.format.Config}, {@link
 * io.holdfast.vault.format.SnapshotCodec}, {@link io.holdfast.vault.format.LockFile}, {@link
 * io.holdfast.vault.format.IndexReader} and {@link io.holdfast.vault.format.IndexWriter}, {@link
 * io.holdfast.vault.format.PackHeader}; around the JSON ones {@link
 * io.holdfast.vault.format.UnpackedFile}, around blobs {@link
 * io.holdfast.vault.format.BlobCompressor} and {@link io.holdfast.vault.format.BlobDecompressor}.
 * Trees have a room of their own, {@code format.tree}; {@code format.json} reads and writes JSON as
 * Go does. Begin reading at {@code TreeWriter}.
 *
 * <p>Whatever is malformed ends in a {@link io.holdfast.vault.format.FormatException}, and in
 * nothing else; a version that is too new in an {@link
 * io.holdfast.vault.format.UnsupportedVersionException}.
 */
@NullMarked
package io.holdfast.vault.format;

import org.jspecify.annotations.NullMarked;
