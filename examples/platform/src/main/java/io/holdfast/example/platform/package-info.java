/**
 * A small platform to protect: agents that work on tasks, with a database that is written to all
 * the time, a memory of files, configuration and checkpoints. {@code holdfast demo} makes one,
 * backs it up, destroys it and restores it.
 *
 * <p>Everything in it follows from its seed and from how many transactions were committed, so that
 * anybody can tell what must be there without having looked. It knows nothing of backups but its
 * own {@code holdfast.yaml}; of Holdfast's code it uses the file layer alone, for names that are no
 * text and files with holes. Begin reading at {@link io.holdfast.example.platform.Platform}.
 */
@NullMarked
package io.holdfast.example.platform;

import org.jspecify.annotations.NullMarked;
