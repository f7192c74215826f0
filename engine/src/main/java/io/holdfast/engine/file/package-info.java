/**
 * The file layer: paths as bytes, and the few operations that Holdfast asks of a file system.
 *
 * <p>Uses {@code error} only. Begin with {@link io.holdfast.engine.file.FileLayer}, whose contract
 * every implementation and every decorator keeps; {@code posix} implements it on the C library of
 * Linux.
 */
@NullMarked
package io.holdfast.engine.file;

import org.jspecify.annotations.NullMarked;
