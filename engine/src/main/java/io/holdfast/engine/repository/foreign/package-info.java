/**
 * What another program keeps in a repository that Holdfast can read: snapshots that are no backups
 * of Holdfast's. They can be listed, checked and restored to another place, and nothing else: they
 * have no run, no components and no manifest, so that no rule for backups is ever applied to them.
 *
 * <p>Begin with {@link io.holdfast.engine.repository.foreign.ForeignSnapshots}. Uses {@code
 * artifact} and {@code repository}.
 */
@NullMarked
package io.holdfast.engine.repository.foreign;

import org.jspecify.annotations.NullMarked;
