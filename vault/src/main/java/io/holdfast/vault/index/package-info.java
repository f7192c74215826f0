/**
 * Where blobs are: what all index files of a vault say, in memory. Begin with {@link
 * io.holdfast.vault.index.BlobIndex}. Uses {@code format}.
 */
@NullMarked
package io.holdfast.vault.index;

import org.jspecify.annotations.NullMarked;
