/**
 * What every backup holds, however a repository stores it: the names in it, its manifest as bytes,
 * and what a component has stored so far.
 *
 * <p>Begin with {@link io.holdfast.engine.repository.content.BackupLayout}. Uses {@code artifact},
 * {@code manifest} and {@code repository.transfer}.
 */
@NullMarked
package io.holdfast.engine.repository.content;

import org.jspecify.annotations.NullMarked;
