/**
 * Artifacts: what components contribute to a backup, how it is handed to a repository ({@link
 * io.holdfast.engine.artifact.ArtifactSink}) and read back ({@link
 * io.holdfast.engine.artifact.ArtifactSource}).
 *
 * <p>Uses {@code error} and {@code file}. Knows no repository and no kind.
 */
@NullMarked
package io.holdfast.engine.artifact;

import org.jspecify.annotations.NullMarked;
