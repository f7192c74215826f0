/**
 * Blobs on their way into packs and out of them: compressed, sealed, decoded once again before they
 * are believed, gathered into files of about 16 MiB. Begin with {@link
 * io.holdfast.vault.pack.BlobWriter} and {@link io.holdfast.vault.pack.BlobReader}. Uses {@code
 * format}, {@code crypto}, {@code index} and {@code backend}.
 */
@NullMarked
package io.holdfast.vault.pack;

import org.jspecify.annotations.NullMarked;
