/**
 * The store of files: the kinds {@code directory} and {@code file}.
 *
 * <p>It depends on the engine alone and is found through {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.holdfast.store.files;

import org.jspecify.annotations.NullMarked;
