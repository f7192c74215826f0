/**
 * HTTP as a storage needs it: requests that end when nothing moves any more or when the caller is
 * interrupted, with bodies straight from and into the caller's buffers. Redirects are not followed
 * and nothing is tried again. Begin with {@link io.holdfast.vault.backend.http.Conversation}; the
 * storages that speak HTTP are built upon it, those of other modules too.
 */
@NullMarked
package io.holdfast.vault.backend.http;

import org.jspecify.annotations.NullMarked;
