/**
 * Trees: a directory and what is in it, as one blob of JSON, and what stands in such a blob for the
 * entries of the engine's trees.
 *
 * <p>Begin reading at {@link io.holdfast.vault.format.tree.TreeWriter} and {@link
 * io.holdfast.vault.format.tree.Node}; {@link io.holdfast.vault.format.tree.EntryNodes} converts.
 */
@NullMarked
package io.holdfast.vault.format.tree;

import org.jspecify.annotations.NullMarked;
