/**
 * Removes from a vault what no snapshot needs, while backups and restores of Holdfast go on. Begin
 * with {@link io.holdfast.vault.prune.Pruning}. Uses {@code index}, {@code pack}, {@code lock} and
 * {@code format}; knows no backups, only snapshots, whoever made them.
 */
@NullMarked
package io.holdfast.vault.prune;

import org.jspecify.annotations.NullMarked;
