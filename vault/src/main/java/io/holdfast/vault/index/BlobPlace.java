package io.holdfast.vault.index;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.PackedBlob;

/**
 * Where a blob is.
 *
 * @param pack the pack that holds it
 * @param blob where in it
 */
public record BlobPlace(ContentId pack, PackedBlob blob) {}
