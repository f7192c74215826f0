/**
 * Backups in a vault: one snapshot each, whose tree is the very tree of a {@code directory}
 * repository, {@code manifest.json} included. Begin with {@link
 * io.holdfast.vault.backup.VaultRepository}. Uses the engine's {@code repository} and everything
 * below in the vault.
 */
@NullMarked
package io.holdfast.vault.backup;

import org.jspecify.annotations.NullMarked;
