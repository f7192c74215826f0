/**
 * Where the files of a vault are kept: a directory, an object store, another server. One small
 * interface, {@link io.holdfast.vault.backend.Backend}, with what each call guarantees; one
 * contract suite that every implementation and decorator passes. Nothing here knows what is in the
 * files.
 *
 * <p>Each storage has a package of its own below; the decorators that stand before any of them are
 * here: {@link io.holdfast.vault.backend.RetryingBackend} and {@link
 * io.holdfast.vault.backend.CountingBackend}.
 */
@NullMarked
package io.holdfast.vault.backend;

import org.jspecify.annotations.NullMarked;
