package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.vault.pack.BlobWriter;
import io.holdfast.vault.pack.ContentWriter;

/**
 * What the parts of a backup under way share.
 *
 * @param errors explains failures of the vault
 * @param blobs stores trees
 * @param contents stores files
 * @param earlier what has not changed since need not be read
 * @param workers do so at the same time
 * @param fileMetadata of the backup's own files
 * @param rootMetadata of its own directories, and of a tree whose root says nothing
 */
record VaultTools(
    VaultErrors errors,
    BlobWriter blobs,
    ContentWriter contents,
    EarlierBackups earlier,
    Workers workers,
    Metadata fileMetadata,
    Metadata rootMetadata) {}
