/**
 * A vault behind a server that speaks restic's REST protocol: restic's own, rclone, or Holdfast.
 * Begin with {@link io.holdfast.vault.backend.rest.RestBackend}.
 *
 * @see <a href="https://github.com/restic/restic/blob/master/doc/REST_backend.rst">the protocol</a>
 */
@NullMarked
package io.holdfast.vault.backend.rest;

import org.jspecify.annotations.NullMarked;
