/**
 * The file layer on the C library of Linux, called through {@code java.lang.foreign}.
 *
 * <p>Uses {@code file} and {@code error} only. Begin with {@link
 * io.holdfast.engine.file.posix.PosixFileLayer}; {@code LibC} is the one place that leaves Java,
 * {@code Machine} the one place that knows processors, {@code Errno} the one place that gives
 * errors their reason.
 */
@NullMarked
package io.holdfast.engine.file.posix;

import org.jspecify.annotations.NullMarked;
